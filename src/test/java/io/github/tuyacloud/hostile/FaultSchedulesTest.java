package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Seed;
import io.github.tuyacloud.support.Sockets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sends commands and reads through random faults: no command is carried out twice, no command that was carried out is
 * reported as not sent, and no read returns the response of another one.
 */
@Tag("hostile")
@Timeout(1_200)
class FaultSchedulesTest {

    private static final int SCHEDULES = Integer.getInteger("schedules", 2_000);
    private static final int REQUESTS = 12;
    private static final String PLUG = "bf1";

    /** The client that sends the requests. */
    enum Client {
        OWN,
        USERS,
        USERS_WITH_TLS,
        USERS_SOCKETS(Sockets.USERS),
        USERS_SOCKETS_WITH_TLS(Sockets.USERS),
        SOCKS(Sockets.SOCKS),
        SOCKS_WITH_TLS(Sockets.SOCKS),
        RETRYING,
        REBUILDING,
        REBUILDING_AND_RETRYING,
        REBUILDING_BELOW,
        CLONING,
        SENDING_BY_ITSELF;

        private final Sockets sockets;

        Client() {
            this(Sockets.LIBRARYS);
        }

        Client(Sockets sockets) {
            this.sockets = sockets;
        }

        boolean tls() {
            return name().endsWith("WITH_TLS");
        }
    }

    private static final class Tally {
        private final List<String> wrong = new ArrayList<>();
        private int commands;
        private int inDoubt;
        private int failedReads;
        private int reads;
    }

    @ParameterizedTest
    @EnumSource(Client.class)
    void calls_randomFaults_runCommandsOnceAndReadTheirOwnResponses(Client client) throws Exception {
        long seed = Seed.of("the first schedule of " + client);
        Tally tally = new Tally();
        try (FaultyServer server = new FaultyServer(client.tls(), client.sockets)) {
            for (int i = 0; i < SCHEDULES; i++) {
                run(server, client, seed + i, tally);
            }
        }
        System.out.println(client + ": " + tally.commands + " commands, " + tally.inDoubt + " in doubt; " + tally.reads
                + " reads, " + tally.failedReads + " failed");
        assertThat(tally.wrong).isEmpty();
    }

    private static void run(FaultyServer server, Client client, long seed, Tally tally) {
        Random random = new Random(seed);
        server.faults(FaultyServer.Faults.random(new Random(random.nextLong())));
        ConnectionPool pool = new ConnectionPool();
        try (TuyaCloud cloud = build(server, client, pool)) {
            for (int i = 0; i < REQUESTS; i++) {
                server.settle();
                int number = (int) (seed * REQUESTS + i & 0x3fff_ffff);
                if (random.nextBoolean()) {
                    command(server, client, cloud, number, "seed " + seed + " request " + i, tally);
                } else {
                    read(client, cloud, number, "seed " + seed + " request " + i, tally);
                }
            }
        } finally {
            pool.evictAll();
        }
    }

    private static void command(
            FaultyServer server, Client client, TuyaCloud cloud, int number, String name, Tally tally) {
        @Nullable Sent sent = null;
        String outcome = "success";
        try {
            cloud.sendCommand(PLUG, Command.of("countdown_1", number));
        } catch (TuyaTransportException e) {
            sent = e.sent();
            outcome = e.toString();
        } catch (TuyaApiException e) {
            sent = e.sent();
            outcome = e.toString();
        }
        tally.commands++;
        int carriedOut = server.carriedOut("{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + number + "}]}");
        // The library is not responsible for requests that an interceptor sends by itself, or for responses that it
        // replaces.
        boolean byItself = client == Client.SENDING_BY_ITSELF;
        if (sent == Sent.NO && carriedOut > 0 || !byItself && (carriedOut > 1 || sent == null && carriedOut == 0)) {
            tally.wrong.add(name + ": carried out " + carriedOut + " times, " + outcome);
        }
        if (sent == Sent.MAYBE) {
            tally.inDoubt++;
        }
    }

    private static void read(Client client, TuyaCloud cloud, int number, String name, Tally tally) {
        tally.reads++;
        try {
            CloudResponse response = cloud.cloudRequest("/v1.0/echo/" + number, "GET", null, null);
            Object result = response.asMap().get("result");
            if (client != Client.SENDING_BY_ITSELF && !String.valueOf(number).equals(String.valueOf(result))) {
                tally.wrong.add(name + ": read " + result + " instead of " + number);
            }
        } catch (TuyaException e) {
            tally.failedReads++;
        }
    }

    private static TuyaCloud build(FaultyServer server, Client client, ConnectionPool pool) {
        OkHttpClient.Builder http = server.http().connectionPool(pool);
        switch (client) {
            case OWN -> {
                return server.client().build();
            }
            case USERS, USERS_WITH_TLS, USERS_SOCKETS, USERS_SOCKETS_WITH_TLS, SOCKS, SOCKS_WITH_TLS -> {}
            case RETRYING -> http.addInterceptor(chain -> retry(chain, chain.request()));
            case REBUILDING -> http.addInterceptor(chain -> chain.proceed(rebuilt(chain.request())));
            case REBUILDING_AND_RETRYING -> http.addInterceptor(chain -> retry(chain, rebuilt(chain.request())));
            case REBUILDING_BELOW -> {
                http.addInterceptor(chain -> retry(chain, chain.request()));
                http.addNetworkInterceptor(chain -> chain.proceed(rebuilt(chain.request())));
            }
            case CLONING -> {
                ThreadLocal<Boolean> cloned = ThreadLocal.withInitial(() -> false);
                http.addInterceptor(chain -> {
                    try {
                        return chain.proceed(rebuilt(chain.request()));
                    } catch (IOException e) {
                        if (cloned.get()) {
                            throw e;
                        }
                        cloned.set(true);
                        try {
                            return chain.call().clone().execute();
                        } finally {
                            cloned.set(false);
                        }
                    }
                });
            }
            case SENDING_BY_ITSELF -> {
                OkHttpClient other =
                        new OkHttpClient.Builder().connectionPool(pool).build();
                http.addInterceptor(chain -> {
                    try {
                        return chain.proceed(chain.request());
                    } catch (IOException e) {
                        return other.newCall(rebuilt(chain.request())).execute();
                    }
                });
            }
        }
        return server.client().httpClient(http.build()).build();
    }

    private static Response retry(Interceptor.Chain chain, Request request) throws IOException {
        for (int attempt = 0; ; attempt++) {
            try {
                Response response = chain.proceed(request);
                if (response.code() < 500 && response.code() != 429 || attempt == 2) {
                    return response;
                }
                response.close();
            } catch (IOException e) {
                if (attempt == 2) {
                    throw e;
                }
            }
        }
    }

    /** Returns a copy of the request, without its tags and with a body that can be sent twice. */
    private static Request rebuilt(Request request) {
        RequestBody body = null;
        if (request.body() != null) {
            Buffer bytes = new Buffer();
            try {
                request.body().writeTo(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            body = RequestBody.create(bytes.readByteArray(), null);
        }
        return new Request.Builder()
                .url(request.url())
                .headers(request.headers())
                .method(request.method(), body)
                .build();
    }
}
