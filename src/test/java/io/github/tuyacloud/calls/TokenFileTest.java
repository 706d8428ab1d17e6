package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.config.TokenStore.Lock;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.fake.FakeRequest;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.support.Await;
import io.github.tuyacloud.support.CapturedLog;
import io.github.tuyacloud.support.FakeCloudTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that clients that share a token file do not invalidate each other's tokens: each new token invalidates the
 * previous one.
 */
@Timeout(60)
class TokenFileTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    @TempDir
    private Path folder;

    private final CountDownLatch requested = new CountDownLatch(1);
    private final CountDownLatch mayRequest = new CountDownLatch(1);

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().mintNewTokenEachTime(true);
    }

    @Test
    void calls_folderInPlaceOfTheFile_continueAndLogTheReason() {
        try (CapturedLog log = new CapturedLog();
                TuyaCloud client =
                        client().tokenStore(new FileTokenStore(folder)).build()) {
            assertThat(client.getStatus(PLUG).dataPoints()).isNotEmpty();

            assertThat(log.warnings())
                    .isNotEmpty()
                    .allMatch(line ->
                            line.contains("The token store failed (The token file " + folder + ": it cannot be ")
                                    && line.contains("it is not a regular file but a folder); continuing without it"));
        }
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void lock_anotherStoreOfTheProgramGivesUp_isStillHeld() throws IOException {
        Path file = folder.resolve("tokens.json");
        FileTokenStore other = new FileTokenStore(file);
        try (Lock held = lock(new FileTokenStore(file)).orElseThrow()) {
            assertThat(lock(other)).isEmpty();
            assertThat(lock(other)).isEmpty();

            assertThat(isLockedForOtherProcesses(folder.resolve("tokens.json.renewal.lock")))
                    .isTrue();
        }

        lock(other).orElseThrow().close();
        assertThat(isLockedForOtherProcesses(folder.resolve("tokens.json.renewal.lock")))
                .isFalse();
    }

    @Test
    @SuppressWarnings("try") // the lock is only held
    void lock_fileIsReplacedAfterAStoreGaveUp_isThatOfTheNewFile() throws IOException {
        Path file = folder.resolve("tokens.json");
        Path lockFile = folder.resolve("tokens.json.renewal.lock");
        FileTokenStore other = new FileTokenStore(file);
        try (Lock held = lock(new FileTokenStore(file)).orElseThrow()) {
            assertThat(lock(other)).isEmpty();
            Files.move(lockFile, folder.resolve("earlier.lock"));
        }

        try (Lock held = lock(other).orElseThrow()) {
            assertThat(isLockedForOtherProcesses(lockFile)).isTrue();
        }
    }

    private static Optional<Lock> lock(FileTokenStore store) {
        return store.lock("key", Duration.ofMillis(20));
    }

    /** Asks the kernel, because an attempt by this process would not show what other processes see. */
    private static boolean isLockedForOtherProcesses(Path file) throws IOException {
        Path locks = Path.of("/proc/locks");
        assumeTrue(Files.isReadable(locks), "only Linux lists its locks");
        String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
        return Files.readAllLines(locks).stream().anyMatch(line -> line.contains(inode));
    }

    @Test
    void calls_whileAnotherProcessRequestsAToken_waitForThatToken() throws Exception {
        try (TuyaCloud slow = sharing().httpClient(pausingAtTheToken()).build();
                TuyaCloud other = sharing().build()) {
            CompletableFuture<?> first = async(() -> slow.getStatus(PLUG));
            assertThat(requested.await(20, TimeUnit.SECONDS)).isTrue();
            CompletableFuture<?> second = async(() -> other.getStatus(PLUG));
            awaitThreadWaitingForALock();
            mayRequest.countDown();

            first.get(20, TimeUnit.SECONDS);
            second.get(20, TimeUnit.SECONDS);
        }

        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(fake.requests()).extracting(FakeRequest::code).containsOnly(0);
    }

    @Test
    void calls_tokenEndedByAProgramWithoutTheFile_areRenewedOnceForAll() {
        try (TuyaCloud one = sharing().build();
                TuyaCloud two = sharing().build();
                TuyaCloud stranger = client().build()) {
            one.getStatus(PLUG);
            two.getStatus(PLUG);
            stranger.getStatus(PLUG);
            fake.clearRequests();

            one.getStatus(PLUG);
            two.getStatus(PLUG);
            one.getStatus(PLUG);
            two.getStatus(PLUG);
        }

        assertThat(fake.tokenRequests()).isEqualTo(1);
        assertThat(requests()).extracting(FakeRequest::code).containsExactly(1010, 0, 1010, 0, 0, 0);
    }

    @Test
    void call_lockNeverReleased_continuesWithoutItAndWarns() throws Exception {
        use(sharing().callTimeout(Duration.ofMillis(900)));
        try (FileChannel lock = openLock();
                CapturedLog log = new CapturedLog()) {
            assertThat(lock.tryLock()).isNotNull();

            assertThat(cloud.getStatus(PLUG).dataPoints()).isNotEmpty();

            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("The token store was locked by another process for 300 ms; continuing without it");
        }
        use(sharing()).getStatus(PLUG);
        assertThat(fake.tokenRequests()).isEqualTo(1);
    }

    @Test
    void call_tokenRequestFails_releasesTheLock() throws Exception {
        use(sharing());
        fake.onToken().fail(Fault.code(1106, "permission deny"));
        assertThatThrownBy(() -> cloud.getStatus(PLUG)).hasMessageContaining("1106");
        fake.clearFaults();

        Lock lock =
                new FileTokenStore(file()).lock("key", Duration.ofSeconds(20)).orElseThrow();

        lock.close();
    }

    @Test
    void lock_heldByAnotherStoreOfTheFile_isEmptyUntilItIsClosed() {
        FileTokenStore one = new FileTokenStore(file());
        FileTokenStore two = new FileTokenStore(file());
        Lock lock = one.lock("key", Duration.ZERO).orElseThrow();

        assertThat(two.lock("key", Duration.ZERO)).isEmpty();
        assertThat(one.lock("key", Duration.ZERO)).isEmpty();

        lock.close();
        two.lock("key", Duration.ZERO).orElseThrow().close();
        one.lock("key", Duration.ZERO).orElseThrow().close();
    }

    private Path file() {
        return folder.resolve("tokens.json");
    }

    private TuyaCloudBuilder sharing() {
        return client().tokenStore(new FileTokenStore(file()));
    }

    private FileChannel openLock() throws Exception {
        return FileChannel.open(
                folder.resolve("tokens.json.renewal.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    /** Runs a call on its own thread, because the common pool may have only one. */
    private static CompletableFuture<?> async(Supplier<?> call) {
        return CompletableFuture.supplyAsync(call, task -> new Thread(task).start());
    }

    private OkHttpClient pausingAtTheToken() {
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    if (chain.request().url().encodedPath().equals("/v1.0/token")) {
                        requested.countDown();
                        awaitTurn();
                    }
                    return chain.proceed(chain.request());
                })
                .build();
    }

    private void awaitTurn() {
        try {
            assertThat(mayRequest.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitThreadWaitingForALock() {
        Await.until(
                () -> Thread.getAllStackTraces().values().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(frame -> frame.getClassName().endsWith("config.LockFile")),
                "a thread that waits for a lock");
    }
}
