package io.github.tuyacloud.robustness;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Clients;
import io.github.tuyacloud.support.MemoryTokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import okhttp3.ConnectionSpec;
import okhttp3.OkHttpClient;

/**
 * A separate program that logs everything, runs every call with and without faults that echo the client's secrets, and
 * prints everything a program could print. It writes the secrets to a file, one per line.
 */
final class SecretsRun {

    static final String DONE = "the run has ended";

    private static final String API_SECRET = "5ec4e7a91c0d4be28f6730a2bd1e94c8";
    private static final String PASSWORD = "Correct-Horse-9-Battery";
    private static final String QUERY_VALUE = "query-value-4711-of-mine";

    /** A list, a read and a write are enough, because the token call is the same before all calls. */
    private static final Set<String> WITH_TOKEN_FAULTS = Set.of("getDevices()", "getStatus", "sendCommand(Command...)");

    /** Keeps the logger alive: java.util.logging holds loggers weakly. */
    private static final Logger ROOT = Logger.getLogger("");

    /** Of most clients; without TLS, because each client would index the JDK's trusted certificates. */
    private static final OkHttpClient HTTP = new OkHttpClient.Builder()
            .connectionSpecs(List.of(ConnectionSpec.CLEARTEXT))
            .build();

    private final PrintStream out = System.out;
    private final MemoryTokenStore tokens = new MemoryTokenStore();
    private final FakeTuyaCloud fake =
            FakeTuyaCloud.builder().apiSecret(API_SECRET).start();
    private final List<String> otherSecrets = new ArrayList<>(List.of(API_SECRET, PASSWORD, QUERY_VALUE));

    /** Expects the file for the secrets as its only argument. */
    public static void main(String[] args) throws IOException {
        ROOT.setLevel(Level.ALL);
        for (Handler handler : ROOT.getHandlers()) {
            handler.setLevel(Level.ALL);
            handler.setFormatter(new WholeRecord());
        }
        SecretsRun run = new SecretsRun();
        try (FakeTuyaCloud closedAtTheEnd = run.fake) {
            run.callsWithoutFaults();
            run.refreshTokens();
            for (int i = 0; i < run.faults("").size(); i++) {
                for (CloudCall call : CloudCall.all()) {
                    run.faultyCall(i, call);
                }
            }
            run.out.println(closedAtTheEnd.requestCount() + " requests");
        }
        Files.write(Path.of(args[0]), run.secrets());
        run.out.println(DONE);
    }

    /** Formats everything in a log record, but unlike the JDK's formatter does not walk the stack for its caller. */
    private static final class WholeRecord extends Formatter {
        @Override
        public String format(LogRecord entry) {
            StringWriter text = new StringWriter();
            PrintWriter out = new PrintWriter(text);
            out.println(entry.getLevel() + " " + entry.getLoggerName() + " " + formatMessage(entry));
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(out);
            }
            return text.toString();
        }
    }

    /** Returns the builder of a new client for a call; all of them share one token store. */
    private TuyaCloudBuilder builder(CloudCall call) {
        TuyaCloudBuilder builder = Clients.withoutWaits(fake).tokenStore(tokens).httpClient(HTTP);
        return call.apiDeviceId() == null ? builder : builder.apiDeviceId(call.apiDeviceId());
    }

    private void callsWithoutFaults() {
        for (CloudCall call : CloudCall.all()) {
            if (!call.name().contains("DELETE")) {
                TuyaCloudBuilder builder = builder(call);
                try (TuyaCloud cloud = builder.build()) {
                    show(call, builder, cloud, cloud.usage(), call.call().apply(cloud), cloud.usage());
                }
            }
        }
        try (TuyaCloud cloud = Clients.withoutWaits(fake).tokenStore(tokens).build()) {
            CloudResponse verbose = cloud.getDevicesVerbose();
            show(
                    verbose,
                    tokens.all(),
                    cloud.cloudRequest("/v1.0/users/" + fake.users().get(0).uid() + "/devices"));
            failing(() -> cloud.sendCommand(CloudCall.DEVICE, Command.of("password", PASSWORD)));
            failing(() -> cloud.cloudRequest(
                    "/v1.0/users/login", "POST", Map.of("password", PASSWORD), Map.of("mine", QUERY_VALUE)));
            failing(() -> cloud.cloudRequest("/v1.0/nowhere?mine=" + QUERY_VALUE));
            failing(() -> verbose.result(Integer.class));
            failing(() -> verbose.resultList(Integer.class));
        }
    }

    private void refreshTokens() {
        try (TuyaCloud cloud = Clients.withoutWaits(fake).tokenStore(tokens).build()) {
            CloudResponse token = cloud.cloudRequest("/v1.0/token?grant_type=1");
            Map<?, ?> result = (Map<?, ?>) token.asMap().get("result");
            otherSecrets.add(String.valueOf(result.get("refresh_token")));
            show(token);
        }
    }

    private void faultyCall(int index, CloudCall call) {
        fake.clearFaults();
        Fault fault = faults(echo()).get(index);
        fake.onAny().exceptToken().times(4).fail(fault);
        try (TuyaCloud cloud = builder(call).build()) {
            failing(() -> call.call().apply(cloud));
            show(cloud, cloud.usage());
        }
        if (!WITH_TOKEN_FAULTS.contains(call.name())) {
            return;
        }
        fake.clearFaults();
        fake.onToken().times(4).fail(fault);
        try (TuyaCloud cloud = Clients.withoutWaits(fake).httpClient(HTTP).build()) {
            failing(() -> call.call().apply(cloud));
        }
    }

    /** Returns a text with secrets, as a careless server might repeat them. */
    private String echo() {
        return "sign of " + API_SECRET + " with " + tokens.last().value() + " is wrong; local_key=" + localKey()
                + ", \"localKey\": \"" + localKey() + "\", password: " + PASSWORD;
    }

    private String localKey() {
        return fake.devices().get(0).localKey();
    }

    /** Returns faults that all repeat the secrets somewhere. */
    private List<Fault> faults(String echo) {
        String html = "<html>" + echo + "</html>";
        return List.of(
                Fault.code(1004, echo),
                Fault.code(1010, echo),
                Fault.code(1106, echo),
                Fault.code(1110, echo),
                Fault.code(77777777, echo),
                Fault.code(1106, "no").and(Fault.with("tid", echo)),
                Fault.code(1106, "no").and(Fault.with("code", echo)),
                Fault.http(200, "text/html", html),
                Fault.http(200, "text/html", html).header("Content-Type", "text/" + API_SECRET),
                Fault.http(502, "text/html", html),
                Fault.http(429, "text/html", html).header("Retry-After", API_SECRET),
                Fault.redirect(302, "http://localhost:1/?" + API_SECRET),
                Fault.http(200, "application/json", "{\"success\":true,\"result\":\"" + echo.replace("\"", "")),
                Fault.http(200, "application/json", "{\"success\":true," + echo + "}"),
                Fault.with("result", echo),
                Fault.with("tid", echo),
                Fault.with("tid", API_SECRET).and(Fault.with("result", null)),
                Fault.with("result", Map.of(API_SECRET, echo, "devices", Map.of("local_key", localKey()))),
                Fault.with("result", List.of(Map.of("id", "", "local_key", localKey()), echo)),
                Fault.truncatedBody(),
                Fault.disconnect());
    }

    private void show(Object... things) {
        for (Object thing : things) {
            out.println(thing);
        }
    }

    private void failing(Runnable call) {
        try {
            call.run();
        } catch (TuyaException e) {
            e.printStackTrace(out);
            show(e, e.operation(), e.codeText(), e.apiMessage(), e.tid(), e.hint());
        }
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>(otherSecrets);
        secrets.addAll(tokens.all().stream().map(AccessToken::value).collect(Collectors.toSet()));
        secrets.addAll(fake.devices().stream().map(FakeDevice::localKey).toList());
        return secrets;
    }
}
