package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Clients;
import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks commands that an interceptor sends in another way after the network has failed, or after their call. */
@Timeout(60)
class DetouredCommandTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final Command ON = Command.of("switch_1", true);

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private final OkHttpClient other = new OkHttpClient();
    private volatile boolean down = true;
    private TuyaCloud cloud;

    @AfterEach
    void close() {
        cloud.close();
        fake.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorSendsACloneAfterTheCall_isRefused(boolean runtimeException) {
        AtomicReference<Call> clone = new AtomicReference<>();
        start(chain -> {
            try {
                return chain.proceed(chain.request());
            } catch (IOException e) {
                clone.set(chain.call().clone());
                if (runtimeException) {
                    throw new IllegalStateException("a failure of the interceptor");
                }
                throw e;
            }
        });
        assertThatExceptionOfType(runtimeException ? IllegalStateException.class : TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON));
        down = false;

        assertThatExceptionOfType(runtimeException ? IllegalStateException.class : IOException.class)
                .isThrownBy(() -> clone.get().execute());
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorSendsItWithAnotherClientAndRethrows_isInDoubtAndNotRepeated(boolean copy) {
        start(chain -> {
            try {
                return chain.proceed(chain.request());
            } catch (IOException e) {
                other.newCall(copy ? copyOf(chain.request()) : chain.request())
                        .execute()
                        .close();
                throw e;
            }
        });

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorCopiesTheBodyOfARefusedOne_isRepeatedAsUsual(boolean again) {
        start(chain -> {
            if (again) {
                try {
                    return chain.proceed(chain.request());
                } catch (IOException e) {
                    // the copy follows
                }
            }
            return chain.proceed(copyOf(chain.request()));
        });

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.NO && e.attempts() == 3);
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    @Test
    void command_interceptorSendsItBeforeWithAnotherClient_isInDoubtAndNotRepeated() {
        start(chain -> {
            other.newCall(chain.request()).execute().close();
            return chain.proceed(chain.request());
        });

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    /** Starts a client with an interceptor for commands, which get no connection while the network is down. */
    private void start(Interceptor interceptor) {
        OkHttpClient http = new OkHttpClient.Builder()
                .addInterceptor(chain -> isCommand(chain) ? interceptor.intercept(chain) : proceed(chain))
                .addNetworkInterceptor(chain -> {
                    if (down && isCommand(chain)) {
                        throw new ConnectException("Connection refused");
                    }
                    return proceed(chain);
                })
                .build();
        cloud = sleeper(Clients.of(fake).httpClient(http), wait -> {}).build();
    }

    private static Response proceed(Interceptor.Chain chain) throws IOException {
        return chain.proceed(chain.request());
    }

    private static boolean isCommand(Interceptor.Chain chain) {
        return chain.request().method().equals("POST");
    }

    private static Request copyOf(Request request) throws IOException {
        Buffer body = new Buffer();
        request.body().writeTo(body);
        return request.newBuilder()
                .method(request.method(), RequestBody.create(body.readByteArray(), null))
                .build();
    }
}
