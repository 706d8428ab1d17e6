package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.JavaProgram;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the library's own client with the JVM's proxy settings, such as {@code -DsocksProxyHost}, behind surplus
 * responses and on connections that the server closes. In another JVM, because these settings are global.
 */
@Tag("hostile")
@Timeout(400)
class SystemProxyTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"socks, false", "socks, true", "http, false", "http, true"})
    void calls_throughAProxyOfTheJvm_readsRightAndCommandsOnce(String proxy, boolean tls) throws Exception {
        Path output = folder.resolve("output.txt");
        Process program = JavaProgram.start(
                folder,
                output,
                JavaProgram.command(
                        JavaProgram.QUICK_START,
                        SystemProxyProgram.class,
                        proxy,
                        Boolean.toString(tls),
                        folder.resolve("trusted.p12").toString()));
        try {
            assertThat(program.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            program.destroyForcibly();
        }

        assertThat(output)
                .content()
                .contains("reads: 40 right, 0 wrong, 0 failed\n", "commands: 0 wrong\n", "proxied: true\n");
    }
}
