package io.github.tuyacloud.calls;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.WireServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPOutputStream;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the outcome of a command if an interceptor changes, copies or replaces the response, or fails after it.
 */
@Timeout(60)
class InterceptedCommandTest {

    private static final String PLUG = DemoWorld.PLUG;
    private static final Command ON = Command.of("switch_1", true);
    private static final String COMMANDS = "/v1.0/iot-03/devices/{id}/commands";

    private final FakeTuyaCloud fake = FakeTuyaCloud.start();
    private TuyaCloud cloud;

    @AfterEach
    void close() {
        if (cloud != null) {
            cloud.close();
        }
        fake.close();
    }

    @ParameterizedTest
    @CsvSource({"1010, false", "1010, true", "1110, false", "1110, true", "1199, false", "1199, true"})
    void command_interceptorChangesTheBody_isInDoubtAndNotRepeated(String code, boolean network) {
        Interceptor changing = ofCommands(response -> withBody(response, refusal(code)));
        start(
                network
                        ? new OkHttpClient.Builder().addNetworkInterceptor(changing)
                        : new OkHttpClient.Builder().addInterceptor(changing));

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1)
                .withMessageContaining("may have been carried out");
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @Test
    void command_interceptorCopiesTheResponse_rejectedTokenIsRenewed() {
        start(ofCommands(InterceptedCommandTest::copy));
        fake.on("POST", COMMANDS).fail(Fault.code(1010, "token invalid")).times(1);

        assertThat(cloud.sendCommand(PLUG, ON)).isTrue();
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorPassesACompressedResponseOn_isRepeatedAsUsual(boolean complete) throws IOException {
        byte[] compressed = gzip(refusal("1110"));
        String body = new String(compressed, 0, complete ? compressed.length : 20, StandardCharsets.ISO_8859_1);
        String response = WireServer.response("200 OK\r\nContent-Encoding: gzip", body);
        try (WireServer server = WireServer.returning(response);
                TuyaCloud client = server.client()
                        .httpClient(new OkHttpClient.Builder()
                                .addInterceptor(chain -> chain.proceed(chain.request()))
                                .build())
                        .build()) {
            assertThatExceptionOfType(TuyaException.class).isThrownBy(() -> client.sendCommand(PLUG, ON));

            assertThat(server.requests()).isEqualTo(complete ? 3 : 1);
        }
    }

    @Test
    void command_interceptorSendsItWithAnotherClient_rejectedTokenIsDropped() {
        OkHttpClient other = new OkHttpClient();
        start(chain -> other.newCall(chain.request()).execute());
        fake.on("POST", COMMANDS).fail(Fault.code(1010, "token invalid")).times(1);

        assertThatExceptionOfType(TuyaApiException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1)
                .withMessageContaining("The next call gets a new access token. The command may have been carried out");
        assertThat(cloud.sendCommand(PLUG, ON)).isTrue();
        assertThat(fake.commands(PLUG)).hasSize(1);
        assertThat(fake.requests().stream().filter(request -> request.path().equals("/v1.0/token")))
                .hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorThrowsAfterTheResponse_isInDoubtAndNamesTheException(boolean network) {
        IllegalStateException failure = new IllegalStateException("a failure of the interceptor");
        Interceptor failing = ofCommands(response -> {
            throw failure;
        });
        start(
                network
                        ? new OkHttpClient.Builder().addNetworkInterceptor(failing)
                        : new OkHttpClient.Builder().addInterceptor(failing));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE)
                .withMessage("POST " + COMMANDS
                        + " failed: no response: A part of the OkHttpClient (an interceptor, an event listener or the like)"
                        + " failed: java.lang.IllegalStateException (1 attempt). The command may have been carried out: read"
                        + " the device's status before sending it again.")
                .withRootCauseInstanceOf(IllegalStateException.class);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void command_interceptorThrowsAnErrorAfterTheResponse_errorSaysThatItMayHaveBeenCarriedOut(boolean network) {
        Error error = new StackOverflowError("not really");
        Interceptor failing = ofCommands(response -> {
            throw error;
        });
        start(
                network
                        ? new OkHttpClient.Builder().addNetworkInterceptor(failing)
                        : new OkHttpClient.Builder().addInterceptor(failing));

        assertThatThrownBy(() -> cloud.sendCommand(PLUG, ON)).isSameAs(error);

        assertThat(error.getSuppressed()).singleElement().isInstanceOfSatisfying(TuyaTransportException.class, e -> {
            assertThat(e.sent()).isEqualTo(Sent.MAYBE);
            assertThat(e.retryable()).isFalse();
            assertThat(e)
                    .hasMessage("POST " + COMMANDS
                            + " failed: no response: A part of the OkHttpClient (an interceptor, an event listener or"
                            + " the like) failed: java.lang.StackOverflowError (1 attempt). The command may have been"
                            + " carried out: read the device's status before sending it again.");
        });
        assertThat(fake.commands(PLUG)).hasSize(1);
        assertThat(cloud.usage().total()).isEqualTo(2);
    }

    /** Kotlin does not check exceptions. */
    @Test
    void command_interceptorThrowsACheckedExceptionAfterTheResponse_isInDoubtAndNamesTheException() {
        start(ofCommands(response -> {
            throw InterceptedCommandTest.<RuntimeException>unchecked(
                    new TimeoutException("a failure of the interceptor"));
        }));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1)
                .withMessageContaining("an event listener or the like) failed: java.util.concurrent.TimeoutException")
                .withRootCauseInstanceOf(TimeoutException.class);
        assertThat(fake.commands(PLUG)).hasSize(1);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Exception> E unchecked(Exception e) throws E {
        throw (E) e;
    }

    @Test
    void command_interceptorThrowsAnErrorBeforeItIsSent_errorIsUnchanged() {
        Error error = new AssertionError("not really");
        start((Interceptor) chain -> {
            if (chain.request().method().equals("POST")) {
                throw error;
            }
            return chain.proceed(chain.request());
        });

        assertThatThrownBy(() -> cloud.sendCommand(PLUG, ON)).isSameAs(error);

        assertThat(error).hasNoSuppressedExceptions();
        assertThat(fake.commands(PLUG)).isEmpty();
    }

    @Test
    void command_eventListenerThrows_isInDoubtAndNamesTheException() {
        start(new OkHttpClient.Builder().eventListener(new EventListener() {
            @Override
            public void requestBodyEnd(Call call, long byteCount) {
                throw new IllegalStateException("a failure of the listener");
            }
        }));

        assertThatExceptionOfType(TuyaTransportException.class)
                .isThrownBy(() -> cloud.sendCommand(PLUG, ON))
                .matches(e -> e.sent() == Sent.MAYBE && e.attempts() == 1)
                .withMessageContaining("an event listener or the like) failed: java.lang.IllegalStateException")
                .withRootCauseInstanceOf(IllegalStateException.class);
    }

    private void start(Interceptor interceptor) {
        start(new OkHttpClient.Builder().addInterceptor(interceptor));
    }

    private void start(OkHttpClient.Builder http) {
        cloud = sleeper(Clients.of(fake).httpClient(http.build()), wait -> {}).build();
    }

    private static Interceptor ofCommands(UnaryOperator<Response> change) {
        return chain -> {
            Response response = chain.proceed(chain.request());
            return chain.request().method().equals("POST") ? change.apply(response) : response;
        };
    }

    private static Response withBody(Response response, String body) {
        response.close();
        return response.newBuilder().body(ResponseBody.create(body, null)).build();
    }

    /** Returns a new response with the status and body of another one. */
    private static Response copy(Response response) {
        try {
            return new Response.Builder()
                    .request(response.request())
                    .protocol(Protocol.HTTP_1_1)
                    .code(response.code())
                    .message("")
                    .body(ResponseBody.create(response.body().string(), null))
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String refusal(String code) {
        return "{\"success\":false,\"code\":" + code + ",\"msg\":\"made by the interceptor\",\"t\":1709294400000}";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
