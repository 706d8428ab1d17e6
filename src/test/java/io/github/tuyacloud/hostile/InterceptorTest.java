package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.hostile.FaultyServer.Fault;
import io.github.tuyacloud.model.Command;
import java.io.IOException;
import java.net.ServerSocket;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that a command stays safe from interceptors that repeat its request, replace it, or respond to it. */
@Timeout(60)
class InterceptorTest {

    private static final String BODY = "{\"commands\":[{\"code\":\"switch_1\",\"value\":true}]}";

    private FaultyServer server;

    @BeforeEach
    void start() {
        server = new FaultyServer(false);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"LOST", "RESET", "HEAD_CUT", "REFUSED_429", "REFUSED_503_AT_ONCE"})
    void command_interceptorRepeatsIt_isCarriedOutOnceAndInDoubt(Fault fault) {
        server.faults(target -> fault);

        assertInDoubt(chain -> {
            try {
                Response first = chain.proceed(chain.request());
                if (first.isSuccessful()) {
                    return first;
                }
                first.close();
            } catch (IOException e) {
                server.faults(target -> Fault.NONE);
            }
            return chain.proceed(chain.request());
        });
    }

    @Test
    void command_interceptorReplacesAndRepeatsIt_isCarriedOutOnceAndInDoubt() {
        server.faults(target -> Fault.LOST);

        assertInDoubt(chain -> {
            try {
                return chain.proceed(replaced(chain.request()));
            } catch (IOException e) {
                return chain.proceed(replaced(chain.request()));
            }
        });
    }

    @Test
    void command_interceptorFails_isInDoubt() {
        assertInDoubt(chain -> {
            chain.proceed(chain.request()).close();
            throw new IOException("a failure of the interceptor");
        });
    }

    @Test
    void command_interceptorFailsBeforeSendingIt_isInDoubt() {
        assertInDoubt(chain -> {
            throw new IOException("it may have been sent in another way");
        });
    }

    @Test
    void command_interceptorRespondsItself_isInDoubtAndNotRepeated() {
        try (TuyaCloud cloud = client(chain -> new Response.Builder()
                .request(chain.request())
                .protocol(Protocol.HTTP_1_1)
                .code(429)
                .message("")
                .body(ResponseBody.create("{\"success\":false,\"code\":1110,\"msg\":\"busy\"}", null))
                .build())) {
            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                    .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorChangesTheStatus_isInDoubtAndNotRepeated(boolean network) {
        Interceptor changing = chain -> {
            Response response = chain.proceed(chain.request());
            response.body().string();
            return response.newBuilder()
                    .code(429)
                    .body(ResponseBody.create("{\"success\":false,\"code\":1110,\"msg\":\"busy\"}", null))
                    .build();
        };
        OkHttpClient.Builder http = new OkHttpClient.Builder();
        try (TuyaCloud cloud = server.client()
                .httpClient((network ? http.addNetworkInterceptor(changing) : http.addInterceptor(changing)).build())
                .build()) {
            assertThatExceptionOfType(TuyaApiException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.MAYBE))
                    .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
        }
        server.settle();
        assertThat(server.carriedOut(BODY)).isEqualTo(1);
    }

    @Test
    void command_connectionRefusedBelowAnInterceptor_wasNotSentAndIsRetried() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (TuyaCloud cloud = server.client()
                .endpoint("http://127.0.0.1:" + port)
                .httpClient(new OkHttpClient.Builder()
                        .addInterceptor(chain -> {
                            try {
                                return chain.proceed(replaced(chain.request()));
                            } catch (IOException e) {
                                throw new IOException("wrapped", e);
                            }
                        })
                        .build())
                .build()) {
            assertThatExceptionOfType(TuyaTransportException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .satisfies(e -> assertThat(e.sent()).isEqualTo(Sent.NO))
                    .satisfies(e -> assertThat(e.attempts()).isEqualTo(3));
        }
    }

    private void assertInDoubt(Interceptor interceptor) {
        try (TuyaCloud cloud = client(interceptor)) {
            assertThatExceptionOfType(TuyaException.class)
                    .isThrownBy(() -> cloud.sendCommand("bf1", Command.of("switch_1", true)))
                    .satisfies(e -> assertThat(e)
                            .isInstanceOfSatisfying(TuyaTransportException.class, failure -> assertThat(failure.sent())
                                    .isEqualTo(Sent.MAYBE)));
        }
        server.settle();
        assertThat(server.requests()).isLessThanOrEqualTo(1);
        assertThat(server.carriedOut(BODY)).isLessThanOrEqualTo(1);
    }

    private TuyaCloud client(Interceptor interceptor) {
        return server.client()
                .httpClient(
                        new OkHttpClient.Builder().addInterceptor(interceptor).build())
                .build();
    }

    /** Returns a copy of the request, without its tags and with a body that can be sent twice. */
    private static Request replaced(Request request) {
        return new Request.Builder()
                .url(request.url())
                .headers(request.headers())
                .method(request.method(), RequestBody.create(BODY, null))
                .build();
    }
}
