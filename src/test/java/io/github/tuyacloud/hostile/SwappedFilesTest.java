package io.github.tuyacloud.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.support.SpecialFiles;
import io.github.tuyacloud.support.SpecialFiles.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that no caller is blocked forever by a pipe that repeatedly replaces a file, even between its check and its
 * opening.
 */
@Tag("hostile")
class SwappedFilesTest {

    /** Enough calls to hit the moment between the check and the opening, which then costs ten seconds. */
    private static final int CALLS = 1_000;

    /** A call that took longer was waiting for a pipe. */
    private static final Duration SLOW = Duration.ofSeconds(5);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", ".lock"})
    @Timeout(value = 240, threadMode = ThreadMode.SEPARATE_THREAD)
    void store_fileSwappedWithAPipe_returns(String suffix) throws Exception {
        FileTokenStore store = new FileTokenStore(folder.resolve("tokens.json"));
        AccessToken token = new AccessToken("token0", Instant.ofEpochMilli(1_700_000_000_000L));
        store.save("key", token);
        createPipeAndFile();
        AtomicBoolean over = new AtomicBoolean();
        Thread swapper = new Thread(() -> swap(folder.resolve("tokens.json" + suffix), over));
        swapper.start();
        int refused = 0;
        int slow = 0;
        int calls = 0;
        // Counts calls, not seconds: on a busy machine, a single call may take seconds.
        while (refused == 0 || slow < 2 && calls < CALLS) {
            long before = System.nanoTime();
            try {
                calls++;
                if (suffix.isEmpty()) {
                    store.load("key");
                } else {
                    store.save("key", token);
                }
            } catch (UncheckedIOException e) {
                refused++;
            }
            slow += System.nanoTime() - before > SLOW.toNanos() ? 1 : 0;
        }
        over.set(true);
        swapper.join();

        System.out.printf("%s swapped: %d calls, %d refused, %d waited%n", suffix, calls, refused, slow);
        assertThat(refused).isPositive(); // and no call was blocked forever
    }

    private void createPipeAndFile() throws IOException {
        SpecialFiles.create(folder.resolve("pipe"), Kind.PIPE);
        Files.writeString(folder.resolve("regular"), "{}");
    }

    private void swap(Path file, AtomicBoolean over) {
        try {
            while (!over.get()) {
                // Creates a new link each time, because moving one removes it.
                for (String source : new String[] {"pipe", "regular"}) {
                    Path link = folder.resolve("next");
                    Files.createLink(link, folder.resolve(source));
                    Files.move(link, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
