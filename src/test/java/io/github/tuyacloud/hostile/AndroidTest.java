package io.github.tuyacloud.hostile;

import static io.github.tuyacloud.BuilderHooks.sleeper;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.hostile.FaultyServer.Fault;
import io.github.tuyacloud.model.Command;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.util.Objects;
import java.util.concurrent.Callable;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Checks that each command uses its own connection on Android, where the reads of a socket cannot be counted. For
 * this test, the library is loaded a second time, with the VM name of Android.
 */
@Timeout(120)
class AndroidTest {

    private static final String VM = "java.vm.name";

    @BeforeAll
    static void loadOkHttp() {
        new OkHttpClient(); // the rest of this JVM must not be taken for Android
    }

    /** Loads the classes of the library and of this test again. */
    private static final class Again extends ClassLoader {

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.github.tuyacloud.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded != null ? loaded : define(name);
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = AndroidTest.class.getResourceAsStream("/" + name.replace('.', '/') + ".class")) {
                byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    /** Sends commands after surplus responses, each of which arrives together with the response before it. */
    static final class Commands implements Callable<Void> {

        @Override
        public Void call() throws Exception {
            for (Fault surplus : Fault.values()) {
                if (surplus.name().startsWith("SURPLUS")) {
                    assertCarriedOutOnce(surplus, false);
                    assertCarriedOutOnce(surplus, true);
                }
            }
            return null;
        }

        private static void assertCarriedOutOnce(Fault surplus, boolean tls) throws IOException {
            try (FaultyServer server = new FaultyServer(tls);
                    TuyaCloud cloud = sleeper(
                                    server.client().httpClient(server.http().build()), wait -> {})
                            .build()) {
                cloud.cloudRequest("/v1.0/echo/1", "GET", null, null);
                server.faults(target -> surplus);
                cloud.cloudRequest("/v1.0/echo/2", "GET", null, null);
                assertThat(server.connections()).as("connections of two reads").isEqualTo(1);

                int connections = 1;
                for (int i = 1; i <= 2; i++) {
                    assertThat(cloud.sendCommand("bf1", Command.of("countdown_1", i)))
                            .isTrue();
                    assertThat(server.carriedOut("{\"commands\":[{\"code\":\"countdown_1\",\"value\":" + i + "}]}"))
                            .isEqualTo(1);
                    // If a session ticket arrives while a new connection is checked, that connection is not used.
                    assertThat(server.connections()).isGreaterThan(connections);
                    connections = server.connections();
                }
            }
        }
    }

    @Test
    void command_afterSurplusResponses_isCarriedOutOnceOverANewConnection() throws Exception {
        Again android = new Again();
        String vm = System.setProperty(VM, "Dalvik");
        try {
            Class.forName("io.github.tuyacloud.http.InterruptibleSocketFactory", true, android);
        } finally {
            System.setProperty(VM, vm);
        }

        Constructor<?> commands = android.loadClass(Commands.class.getName()).getDeclaredConstructor();
        commands.setAccessible(true);

        ((Callable<?>) commands.newInstance()).call();
    }
}
