package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.support.JavaProgram;
import io.github.tuyacloud.support.WireServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that no log line, exception or toString contains a secret, even with all logging on and a server that repeats
 * it.
 */
@Timeout(180)
class SecretsTest {

    @TempDir
    private Path folder;

    @Test
    void run_everythingLoggedAndPrinted_containsNoSecret() throws Exception {
        Path secretsFile = folder.resolve("secrets");
        Path printed = folder.resolve("printed");
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Dorg.slf4j.simpleLogger.defaultLogLevel=trace");
        Process process = JavaProgram.start(
                folder, printed, JavaProgram.command(options, SecretsRun.class, secretsFile.toString()));
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        List<String> lines = Files.readAllLines(printed, StandardCharsets.UTF_8);
        assertThat(lines).as("last lines: " + tail(lines)).contains(SecretsRun.DONE);
        assertThat(lines).as("our log").anyMatch(line -> line.contains("DEBUG") && line.contains("attempt=1"));
        assertThat(lines).as("OkHttp's log").anyMatch(line -> line.contains("okhttp3.internal"));
        List<String> secrets = Files.readAllLines(secretsFile);
        assertThat(secrets).hasSizeGreaterThan(8).allMatch(secret -> secret.length() > 7);
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            secrets.stream()
                    .filter(line::contains)
                    .forEach(secret -> found.add(line.replace(secret, "<<<" + secret.substring(0, 4) + ">>>")));
        }
        assertThat(found)
                .as("%d lines with secrets of %d", found.size(), lines.size())
                .isEmpty();
        System.out.println("secrets: none of " + secrets.size() + " in " + lines.size() + " lines");
    }

    @Test
    void call_statusLineRepeatsTheSecret_exceptionOmitsIt() throws Exception {
        String secret = "5ec4e7a91c0d4be28f6730a2bd1e94c8";
        try (WireServer server = WireServer.returning("HTTP/9.9 " + secret + " " + secret + "\r\n\r\n");
                TuyaCloud cloud = server.client()
                        .apiSecret(secret)
                        .retryPolicy(RetryPolicy.none())
                        .build()) {
            Throwable failure = catchThrowable(() -> cloud.getStatus("bf1"));
            assertThat(failure).isInstanceOf(TuyaTransportException.class);
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).contains("no response").doesNotContain(secret);
        }
    }

    private static List<String> tail(List<String> lines) {
        return lines.subList(Math.max(0, lines.size() - 5), lines.size());
    }
}
