package io.github.tuyacloud.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Cancellable DNS lookups: the JDK's blocking lookup ignores interrupts and canceled calls, and may take a minute on a
 * bad network.
 *
 * <p>Each lookup runs on its own daemon thread, which ends with it. Calls that need the same host name share a lookup.
 */
final class CancellableDns implements Dns {

    /** The interval at which a waiting call checks whether it was canceled. */
    private static final long CHECK_MILLIS = 50;

    /** Longer than a lookup on a bad network takes. */
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int MOST_THREADS = 4;

    private final Dns dns;
    private final ThreadLocal<@Nullable String> userCode;
    private final ThreadLocal<okhttp3.@Nullable Call> current = new ThreadLocal<>();
    private final ConcurrentMap<String, Lookup> running = new ConcurrentHashMap<>();
    private final AtomicInteger threads = new AtomicInteger();

    /**
     * Creates it.
     *
     * @param dns the resolver
     * @param userCode the program's own code that is running on a thread
     */
    CancellableDns(Dns dns, ThreadLocal<@Nullable String> userCode) {
        this.dns = dns;
        this.userCode = userCode;
    }

    /** A lookup that all calls for the same host wait for. */
    private final class Lookup extends FutureTask<List<InetAddress>> {
        private final String host;
        private final long start = System.nanoTime();

        Lookup(String host) {
            super(() -> {
                userCode.set("The DNS resolver " + dns.getClass().getName());
                return dns.lookup(host);
            });
            this.host = host;
        }

        @Override
        protected void done() {
            running.remove(host, this);
            threads.decrementAndGet();
        }

        boolean hangs() {
            return System.nanoTime() - start > HANGS_NANOS;
        }

        Lookup start() {
            Thread thread = new Thread(this, "tuya-cloud-lookup");
            thread.setDaemon(true);
            thread.start();
            threads.incrementAndGet();
            return this;
        }
    }

    /** Sets the call whose cancellation ends the current thread's lookups; null for none. */
    void waitFor(okhttp3.@Nullable Call call) {
        if (call == null) {
            current.remove();
        } else {
            current.set(call);
        }
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        okhttp3.Call call = current.get();
        if (call == null) {
            return dns.lookup(host);
        }
        Lookup lookup = running.compute(host, this::startUnlessRunning);
        try {
            while (!call.isCanceled()) {
                try {
                    return lookup.get(CHECK_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Not finished yet: check whether the call was canceled.
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw unknownHost(host, unlessFatal(e.getCause()));
        }
        throw new UnknownHostException("the lookup was cancelled");
    }

    /** A lookup that hangs may never end, and one that has failed says nothing of now, so a later call starts another one. */
    private Lookup startUnlessRunning(String host, @Nullable Lookup earlier) {
        boolean running = earlier != null && !earlier.isDone();
        return running && (!earlier.hangs() || threads.get() >= MOST_THREADS) ? earlier : new Lookup(host).start();
    }

    /** Delegates to a user's resolver that can cancel lookups itself; any other one goes through {@link #lookup}. */
    @Override
    public Dns.Call newCall(Dns.Request request) {
        return dns.newCall(request);
    }

    /** An error is not the network's, and a resolver that calls its client fails each time. */
    private static @Nullable Throwable unlessFatal(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof ReentrantCallException) {
            throw (RuntimeException) cause;
        }
        return cause;
    }

    /** Returns a new exception for each waiting call, because each adds suppressed exceptions to its own. */
    private static UnknownHostException unknownHost(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
