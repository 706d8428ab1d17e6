package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.picture.PictureReader.Purpose;
import io.github.tuyacloud.picture.ServerTime.Moment;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a picture up to date where messages cannot: reads the devices at the start, after gaps, for verification or at
 * an interval, and settles doubts. Its daemon thread sleeps until a task is due.
 */
final class PictureSynchronizer implements AutoCloseable {

    /** The time to wait for a connection before the first read. */
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);

    private static final Duration MIN_READ_INTERVAL = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int DEVICES_PER_CALL = 20;
    private static final long RECOVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PictureContext context;
    private final ServerTime time;
    private final PictureReader reader;
    private final ConnectionMonitor monitor;
    private final CallAllowance calls;
    private final LiveOptions options;
    private final Duration maxSilence;
    private final Runnable onSeeded;
    private final Moment started;
    private final Thread thread;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Alarm alarm;
    private final RetryBackoff backoff;
    private final MissingMessages missing;
    private final AtomicLong resynchronizations = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean seeded;
    private volatile @Nullable ScheduledRead scheduled;
    private volatile @Nullable ScheduledRead running;
    private volatile @Nullable TuyaException failure;
    private volatile @Nullable Moment lastRead;

    /**
     * A scheduled read.
     *
     * @param reason the reason in one sentence
     * @param since when it was scheduled
     * @param delay the delay since then
     * @param messagesWereLost whether messages may have been lost, so that changes may be unreported
     */
    record ScheduledRead(String reason, Moment since, Duration delay, boolean messagesWereLost) {}

    PictureSynchronizer(
            PictureContext context,
            PictureReader reader,
            ConnectionMonitor monitor,
            CallAllowance calls,
            LiveOptions options,
            Duration maxSilence,
            Runnable onSeeded) {
        this.context = context;
        this.time = context.time();
        this.reader = reader;
        this.monitor = monitor;
        this.calls = calls;
        this.options = options;
        this.maxSilence = maxSilence;
        this.onSeeded = onSeeded;
        this.started = time.moment();
        this.alarm = new Alarm(time);
        this.backoff = new RetryBackoff(time);
        this.missing = new MissingMessages(time, context.expectedMessages());
        this.thread = new Thread(this::run, "tuya-live");
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    boolean isSeeded() {
        return seeded;
    }

    /** Returns the running or scheduled read, or null. */
    @Nullable
    ScheduledRead pendingRead() {
        ScheduledRead now = running;
        return now != null ? now : scheduled;
    }

    /** Returns the failure of the last read; null if it succeeded. */
    @Nullable
    TuyaException failure() {
        return failure;
    }

    /** Returns when all devices were last read; null before the first read. */
    @Nullable
    Moment lastRead() {
        return lastRead;
    }

    /** Returns the number of changes found by the last verification that no message had reported. */
    int missingMessages() {
        return missing.count();
    }

    long resynchronizations() {
        return resynchronizations.get();
    }

    /** Called on each new connection. After a long silence, messages have been lost. */
    void connected(Duration silence) {
        noteSilence(silence);
        wake();
    }

    private void noteSilence(Duration silence) {
        if (seeded && silence.compareTo(maxSilence) > 0) {
            catchUp("nothing arrived from the message service for "
                    + LogSafe.duration(silence.truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    /**
     * Called on a new connection if another program held the subscription exclusively, and therefore got its messages.
     */
    void connectedAfterAnotherProgram() {
        if (seeded) {
            catchUp("another program held the subscription");
        }
    }

    /** Schedules an immediate read of all devices because messages were lost. */
    private void catchUp(String reason) {
        scheduleRead(reason, Duration.ZERO, true);
    }

    /** Schedules a read of all devices because of a message; concurrent requests share one read. */
    void scheduleRead(String reason, Duration delay) {
        scheduleRead(reason, delay, false);
    }

    private void scheduleRead(String reason, Duration delay, boolean messagesWereLost) {
        lock.lock();
        try {
            Moment last = lastRead;
            Duration remaining = last == null || delay.isZero() ? delay : MIN_READ_INTERVAL.minus(time.since(last));
            Duration wait = remaining.compareTo(delay) > 0 ? remaining : delay;
            ScheduledRead before = scheduled;
            boolean lost = messagesWereLost || before != null && before.messagesWereLost();
            if (before == null
                    || before.delay().minus(time.since(before.since())).compareTo(wait) > 0) {
                scheduled = new ScheduledRead(reason, time.moment(), wait, lost);
            } else if (lost) {
                scheduled = new ScheduledRead(before.reason(), before.since(), before.delay(), true);
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Wakes the thread because a task may be due. */
    void wake() {
        alarm.wake();
    }

    /** Wakes the thread if it overslept because the machine was suspended. */
    void wakeIfDue() {
        alarm.wakeIfDue();
    }

    /** Reads all devices now, on the caller's thread. */
    void resync() {
        if (reading.isHeldByCurrentThread()) {
            throw new IllegalStateException(
                    "resync() was called by a listener or filter during a read of all devices, which cannot wait for a"
                            + " second read: call resync() from another thread");
        }
        ScheduledRead pending = pendingRead();
        boolean lost = pending != null && pending.messagesWereLost();
        readAll(Purpose.REQUESTED, "the program requested it", lost || !messagesArrive());
    }

    private void run() {
        while (!closed) {
            try {
                Moment before = time.moment(); // taken first: an alarm may be early, but not late
                alarm.sleep(before, tickAndRecover());
            } catch (InterruptedException e) {
                return; // closed
            } catch (Throwable e) {
                LockSupport.parkNanos(RECOVERY_NANOS);
            }
        }
    }

    /**
     * Survives any error, such as one thrown by the program's filter, because message handlers wait for this thread's
     * reads.
     */
    private Duration tickAndRecover() {
        try {
            return tick();
        } catch (RuntimeException | Error e) {
            failed(e);
            return min(IDLE, backoff.remaining());
        }
    }

    /** Runs the tasks that are due. Returns the time until the next task. */
    private Duration tick() {
        noteSilence(monitor.tick());
        if (!seeded) {
            return seed();
        }
        Duration next = min(IDLE, scheduled != null ? readScheduled() : options.every() != null ? poll() : verify());
        next = min(next, context.readDelivery().submit());
        return min(min(next, settle()), checkMessages());
    }

    private Duration seed() {
        boolean viaMessages = options.every() == null;
        Duration waited = time.since(started);
        if (viaMessages && !monitor.wasEverConnected() && waited.compareTo(WAIT_FOR_CONNECTION) < 0) {
            return WAIT_FOR_CONNECTION.minus(waited);
        }
        Duration remaining = backoff.remaining();
        if (!remaining.isZero()) {
            return remaining;
        }
        boolean connected = monitor.wasEverConnected();
        if (!tryToRead(Purpose.START, "start", true)) {
            return backoff.remaining();
        }
        seeded = true;
        if (viaMessages && !connected) {
            catchUp("the devices were first read without a connection to the message service");
        }
        monitor.release();
        onSeeded.run();
        return Duration.ZERO;
    }

    private Duration readScheduled() {
        ScheduledRead due = scheduled;
        if (due == null) {
            return IDLE;
        }
        Duration remaining = due.delay().minus(time.since(due.since()));
        remaining = backoff.remaining().compareTo(remaining) > 0 ? backoff.remaining() : remaining;
        if (isPositive(remaining)) {
            return remaining;
        }
        if (options.every() == null && !monitor.isConnected() || !calls.hasRemaining()) {
            // The read would soon be outdated; a new connection wakes this thread.
            return IDLE;
        }
        running = due;
        scheduled = null;
        if (!tryToRead(Purpose.CATCH_UP, due.reason(), due.messagesWereLost() || !messagesArrive())) {
            scheduled = due;
        }
        running = null;
        return backoff.remaining();
    }

    private Duration poll() {
        return readAtInterval(options.every(), Purpose.POLL);
    }

    private Duration verify() {
        Duration interval = options.verifyEvery();
        if (missing.isSuspicious()) {
            interval = Duration.ZERO;
        } else if (missing.count() > 0) {
            interval = min(MissingMessages.VERIFY_AGAIN, interval);
        }
        if (monitor.isConnected() && !monitor.isDrained()) {
            return ConnectionMonitor.QUIET;
        }
        return calls.hasRemaining() ? readAtInterval(interval, Purpose.VERIFY) : IDLE;
    }

    private Duration readAtInterval(@Nullable Duration interval, Purpose purpose) {
        Moment last = lastRead;
        Duration remaining = interval == null || last == null ? Duration.ZERO : interval.minus(time.since(last));
        remaining = backoff.remaining().compareTo(remaining) > 0 ? backoff.remaining() : remaining;
        if (isPositive(remaining)) {
            return remaining;
        }
        tryToRead(purpose, "regular verification", !messagesArrive());
        return backoff.remaining();
    }

    private Duration settle() {
        List<DevicePicture> due = context.doubts().due(DEVICES_PER_CALL);
        if (!due.isEmpty() && calls.hasRemaining() && backoff.remaining().isZero()) {
            try {
                lockForReading();
                try {
                    reader.settle(due);
                } finally {
                    reading.unlock();
                }
                backoff.succeeded();
            } catch (TuyaException | IllegalArgumentException e) {
                failed(e);
                if (backoff.isLongest()) {
                    settleByLists(due);
                }
            }
        }
        Duration next = context.doubts().untilDue();
        if (next == null) {
            return IDLE;
        }
        return isPositive(next)
                ? next
                : min(IDLE, backoff.remaining().isZero() ? RetryBackoff.FIRST : backoff.remaining());
    }

    /**
     * Settles values in doubt with a read of all devices, because one device can make a request for several statuses
     * fail.
     */
    private void settleByLists(List<DevicePicture> devices) {
        devices.forEach(context.doubts()::settled);
        scheduleRead("messages and reads disagree about the values of some devices", MIN_READ_INTERVAL, true);
    }

    /** Checks whether messages arrive, some time after a read or a command has shown changes. */
    private Duration checkMessages() {
        Duration next = messagesArrive() ? missing.check() : null;
        return next == null ? IDLE : next;
    }

    /** Returns whether messages are expected to arrive: a change without a message means that the message was lost. */
    private boolean messagesArrive() {
        return monitor.isConnected() && monitor.isDrained();
    }

    private boolean tryToRead(Purpose purpose, String reason, boolean messagesWereLost) {
        try {
            readAll(purpose, reason, messagesWereLost);
            backoff.succeeded();
            missing.read();
            return true;
        } catch (TuyaException | IllegalArgumentException e) {
            failed(e);
            return false;
        }
    }

    /** Reads all devices; also verifies that messages arrive, unless some are known to be lost. */
    private void readAll(Purpose purpose, String reason, boolean messagesWereLost) {
        lockForReading();
        try {
            Moment now = time.moment();
            int differences = reader.read(purpose, messagesWereLost ? Expectation.NONE : Expectation.ALL);
            lastRead = now;
            failure = null;
            if (!messagesWereLost) {
                missing.verified();
            }
            if (purpose != Purpose.START && purpose != Purpose.POLL) {
                resynchronizations.incrementAndGet();
                LiveChange done = new LiveChange.Resynchronized(reason, differences, time.now());
                ChangeBatch batch = context.listeners().batch(List.of(done));
                context.readDelivery().run(() -> context.listeners().deliverNow(batch));
            }
        } finally {
            reading.unlock();
        }
    }

    private void lockForReading() {
        try {
            reading.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    CallFailure.builder("Reading all devices").retryable(true).build(),
                    "the thread was interrupted while waiting for another read of all devices",
                    Sent.NO,
                    e);
        }
    }

    private void failed(Throwable e) {
        if (closed) {
            return;
        }
        backoff.failed(e);
        failure = e instanceof TuyaException known ? known : failure;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends the thread and waits briefly for it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        alarm.wake(); // in case a listener swallowed the interrupt
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
