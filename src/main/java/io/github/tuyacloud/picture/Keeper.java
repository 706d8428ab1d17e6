package io.github.tuyacloud.picture;

import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.picture.HomeReader.Purpose;
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
 * Keeps a picture up to date where messages do not: reads the devices at the start, after gaps, for verification or at
 * an interval, and settles doubts. Its daemon thread sleeps until something is due.
 */
final class Keeper implements AutoCloseable {

    /** The time to wait for a connection before starting without one. */
    private static final Duration WAIT_FOR_CONNECTION = Duration.ofSeconds(10);

    private static final Duration BETWEEN_READINGS = Duration.ofMinutes(1);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final int DEVICES_PER_CALL = 20;
    private static final long WITHOUT_MEMORY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PictureContext context;
    private final ServerTime time;
    private final HomeReader reader;
    private final Link link;
    private final CallAllowance calls;
    private final LiveOptions options;
    private final Duration longestSilence;
    private final Runnable onSeeded;
    private final Moment started;
    private final Thread thread;
    private final ReentrantLock reading = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();
    private final Alarm alarm;
    private final RetryPause retries;
    private final MissingMessages missing;
    private final AtomicLong resynchronizations = new AtomicLong();
    private volatile boolean closed;
    private volatile boolean seeded;
    private volatile @Nullable Wanted wanted;
    private volatile @Nullable Wanted underWay;
    private volatile @Nullable TuyaException failure;
    private volatile @Nullable Moment lastRead;

    /**
     * A scheduled read and its time.
     *
     * @param reason the reason in one sentence
     * @param since when it was scheduled
     * @param delay the delay from then on
     * @param messagesWereLost whether differences need not have been reported by a message
     */
    record Wanted(String reason, Moment since, Duration delay, boolean messagesWereLost) {}

    Keeper(
            PictureContext context,
            HomeReader reader,
            Link link,
            CallAllowance calls,
            LiveOptions options,
            Duration longestSilence,
            Runnable onSeeded) {
        this.context = context;
        this.time = context.time();
        this.reader = reader;
        this.link = link;
        this.calls = calls;
        this.options = options;
        this.longestSilence = longestSilence;
        this.onSeeded = onSeeded;
        this.started = time.moment();
        this.alarm = new Alarm(time);
        this.retries = new RetryPause(time);
        this.missing = new MissingMessages(time, context.unheard());
        this.thread = new Thread(this::run, "tuya-live");
        thread.setDaemon(true);
    }

    void begin() {
        thread.start();
    }

    // What it knows

    boolean isSeeded() {
        return seeded;
    }

    /** The scheduled or running read, or null. */
    @Nullable
    Wanted wanted() {
        Wanted now = underWay;
        return now != null ? now : wanted;
    }

    /** The failure of the last read; null if it succeeded. */
    @Nullable
    TuyaException failure() {
        return failure;
    }

    /** The time when all devices were last read. */
    @Nullable
    Moment lastRead() {
        return lastRead;
    }

    /** The number of changes found by the last verification that no message had reported. */
    int missingMessages() {
        return missing.count();
    }

    long resynchronizations() {
        return resynchronizations.get();
    }

    // What it is told

    /** Handles a new connection; after a long silence, messages have been lost. */
    void connected(Duration silence) {
        noteSilence(silence);
        wake();
    }

    private void noteSilence(Duration silence) {
        if (seeded && silence.compareTo(longestSilence) > 0) {
            catchUp("the message service was not heard for " + silence.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /** Handles a new connection after another program had the subscription for itself, and thus its messages. */
    void connectedAfterAnotherProgram() {
        if (seeded) {
            catchUp("another program had the subscription for itself");
        }
    }

    /** Schedules a read of all devices at once, because messages were lost. */
    private void catchUp(String reason) {
        want(reason, Duration.ZERO, true);
    }

    /** Schedules a read of all devices because of what messages said; reads requested together become one. */
    void want(String reason, Duration delay) {
        want(reason, delay, false);
    }

    private void want(String reason, Duration delay, boolean messagesWereLost) {
        lock.lock();
        try {
            Moment last = lastRead;
            Duration rest = last == null || delay.isZero() ? delay : BETWEEN_READINGS.minus(time.since(last));
            Duration wait = rest.compareTo(delay) > 0 ? rest : delay;
            Wanted before = wanted;
            boolean lost = messagesWereLost || before != null && before.messagesWereLost();
            if (before == null
                    || before.delay().minus(time.since(before.since())).compareTo(wait) > 0) {
                wanted = new Wanted(reason, time.moment(), wait, lost);
            } else if (lost) {
                wanted = new Wanted(before.reason(), before.since(), before.delay(), true);
            }
        } finally {
            lock.unlock();
        }
        wake();
    }

    /** Wakes the thread because something may be due. */
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
                    "resync() was called by a listener or filter that another reading of all devices"
                            + " is running. That reading cannot wait for a second one: call resync() on another thread");
        }
        Wanted pending = wanted();
        boolean lost = pending != null && pending.messagesWereLost();
        readAll(Purpose.ASKED, "the program asked for it", lost || !messagesArrive());
    }

    // What it does

    private void run() {
        while (!closed) {
            try {
                Moment before = time.moment(); // an alarm computed from here is never late
                alarm.sleep(before, tickSafely());
            } catch (InterruptedException e) {
                return; // Closing ends the thread like this.
            } catch (Throwable e) {
                LockSupport.parkNanos(WITHOUT_MEMORY_NANOS);
            }
        }
    }

    /** Message handlers wait for what this thread reads, so it outlives errors, such as those of the program's filter. */
    private Duration tickSafely() {
        try {
            return tick();
        } catch (RuntimeException | Error e) {
            failed(e);
            return least(IDLE, retries.rest());
        }
    }

    /** Runs what is due; returns the time until the next task. */
    private Duration tick() {
        noteSilence(link.tick());
        if (!seeded) {
            return seed();
        }
        Duration next = least(IDLE, wanted != null ? readWanted() : options.every() != null ? poll() : verify());
        next = least(next, context.readDelivery().offer());
        return least(least(next, settle()), judgeMessages());
    }

    private Duration seed() {
        boolean viaMessages = options.every() == null;
        Duration waited = time.since(started);
        if (viaMessages && !link.wasEverConnected() && waited.compareTo(WAIT_FOR_CONNECTION) < 0) {
            return WAIT_FOR_CONNECTION.minus(waited);
        }
        Duration rest = retries.rest();
        if (!rest.isZero()) {
            return rest;
        }
        boolean connected = link.wasEverConnected();
        if (!tryToRead(Purpose.START, "start", true)) {
            return retries.rest();
        }
        seeded = true;
        if (viaMessages && !connected) {
            catchUp("the message service was not connected when the devices were first read");
        }
        link.release();
        onSeeded.run();
        return Duration.ZERO;
    }

    private Duration readWanted() {
        Wanted due = wanted;
        if (due == null) {
            return IDLE;
        }
        Duration rest = due.delay().minus(time.since(due.since()));
        rest = retries.rest().compareTo(rest) > 0 ? retries.rest() : rest;
        if (isPositive(rest)) {
            return rest;
        }
        if (options.every() == null && !link.isConnected() || !calls.isLeft()) {
            // It would be outdated at once; connecting wakes this thread.
            return IDLE;
        }
        underWay = due;
        wanted = null;
        if (!tryToRead(Purpose.CATCH_UP, due.reason(), due.messagesWereLost() || !messagesArrive())) {
            wanted = due;
        }
        underWay = null;
        return retries.rest();
    }

    private Duration poll() {
        return readAtInterval(options.every(), Purpose.POLL);
    }

    private Duration verify() {
        Duration interval = options.verifyEvery();
        if (missing.isSuspicious()) {
            interval = Duration.ZERO;
        } else if (missing.count() > 0) {
            interval = least(MissingMessages.VERIFY_AGAIN, interval);
        }
        if (link.isConnected() && !link.isDrained()) {
            return Link.QUIET;
        }
        return calls.isLeft() ? readAtInterval(interval, Purpose.VERIFY) : IDLE;
    }

    private Duration readAtInterval(@Nullable Duration interval, Purpose purpose) {
        Moment last = lastRead;
        Duration rest = interval == null || last == null ? Duration.ZERO : interval.minus(time.since(last));
        rest = retries.rest().compareTo(rest) > 0 ? retries.rest() : rest;
        if (isPositive(rest)) {
            return rest;
        }
        tryToRead(purpose, "the picture is verified from time to time", !messagesArrive());
        return retries.rest();
    }

    private Duration settle() {
        List<DevicePicture> due = context.doubts().due(DEVICES_PER_CALL);
        if (!due.isEmpty() && calls.isLeft() && retries.rest().isZero()) {
            try {
                lockForReading();
                try {
                    reader.settle(due);
                } finally {
                    reading.unlock();
                }
                retries.succeeded();
            } catch (TuyaException | IllegalArgumentException e) {
                failed(e);
                if (retries.isLongest()) {
                    settleByLists(due);
                }
            }
        }
        Duration next = context.doubts().untilDue();
        if (next == null) {
            return IDLE;
        }
        return isPositive(next) ? next : least(IDLE, retries.rest().isZero() ? RetryPause.FIRST : retries.rest());
    }

    /** Leaves values in doubt to a reading of all devices, because one device may make the cloud refuse all statuses. */
    private void settleByLists(List<DevicePicture> devices) {
        devices.forEach(context.doubts()::settled);
        want("the values of some devices are in doubt", BETWEEN_READINGS, true);
    }

    /** Judges whether messages arrive, a while after a reading or a command has found changes. */
    private Duration judgeMessages() {
        Duration next = messagesArrive() ? missing.judge() : null;
        return next == null ? IDLE : next;
    }

    /** Returns whether a change without a message means that the message was lost. */
    private boolean messagesArrive() {
        return link.isConnected() && link.isDrained();
    }

    private boolean tryToRead(Purpose purpose, String reason, boolean messagesWereLost) {
        try {
            readAll(purpose, reason, messagesWereLost);
            retries.succeeded();
            missing.read();
            return true;
        } catch (TuyaException | IllegalArgumentException e) {
            failed(e);
            return false;
        }
    }

    /** Reads all devices, which verifies that messages arrive, unless some are known to be lost. */
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
                Batch batch = context.listeners().batch(List.of(done));
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
                    "the thread was interrupted while another reading was running",
                    Sent.NO,
                    e);
        }
    }

    private void failed(Throwable e) {
        if (closed) {
            return;
        }
        retries.failed(e);
        failure = e instanceof TuyaException known ? known : failure;
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isZero() && !duration.isNegative();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends the thread; waits briefly for it. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        alarm.wake(); // in case a listener has swallowed the interrupt
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
