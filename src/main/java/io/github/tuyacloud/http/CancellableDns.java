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
 * Runs DNS lookups so that calls can cancel them: the JDK's blocking lookup ignores interrupts and canceled calls, and
 * may take a minute on a bad network.
 *
 * <p>Each lookup runs on its own daemon thread. Calls for the same host share a lookup.
 */
final class CancellableDns implements Dns {

    /** How often a waiting call checks whether it was canceled. */
    private static final long CHECK_MILLIS = 50;

    /** A lookup that takes longer probably hangs. */
    private static final long HANGING_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int MAX_THREADS = 4;

    private final Dns dns;
    private final ThreadLocal<@Nullable String> userCode;
    private final ThreadLocal<okhttp3.@Nullable Call> current = new ThreadLocal<>();
    private final ConcurrentMap<String, Lookup> running = new ConcurrentHashMap<>();
    private final AtomicInteger threads = new AtomicInteger();

    /**
     * Wraps a resolver.
     *
     * @param dns the resolver
     * @param userCode set on the lookup's thread to mark the resolver as code of the program's own
     */
    CancellableDns(Dns dns, ThreadLocal<@Nullable String> userCode) {
        this.dns = dns;
        this.userCode = userCode;
    }

    /** A lookup, shared by all calls for the same host. */
    private final class Lookup extends FutureTask<List<InetAddress>> {
        private final String host;
        private final long start = System.nanoTime();

        Lookup(String host) {
            super(() -> {
                userCode.set("The DNS resolver " + dns.getClass().getName());
                List<InetAddress> addresses = dns.lookup(host);
                if (addresses == null || addresses.isEmpty()) {
                    throw new UnknownHostException("the resolver returned no addresses");
                }
                return addresses;
            });
            this.host = host;
        }

        @Override
        protected void done() {
            running.remove(host, this);
            threads.decrementAndGet();
        }

        boolean isHanging() {
            return System.nanoTime() - start > HANGING_NANOS;
        }

        Lookup start() {
            Thread thread = new Thread(this, "tuya-cloud-lookup");
            thread.setDaemon(true);
            thread.start();
            threads.incrementAndGet();
            return this;
        }
    }

    /** Sets the call of the current thread; canceling it ends the lookup. Null clears it. */
    void bind(okhttp3.@Nullable Call call) {
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
            throw unknownHost(host, throwIfFatal(e.getCause()));
        }
        throw new UnknownHostException("the lookup was canceled");
    }

    /**
     * Reuses a running lookup. One that hangs may never end, so another is started, up to a maximum number of threads.
     */
    private Lookup startUnlessRunning(String host, @Nullable Lookup earlier) {
        boolean running = earlier != null && !earlier.isDone();
        return running && (!earlier.isHanging() || threads.get() >= MAX_THREADS) ? earlier : new Lookup(host).start();
    }

    /** Delegates to a resolver that can cancel lookups itself; other resolvers are called through {@link #lookup}. */
    @Override
    public Dns.Call newCall(Dns.Request request) {
        return dns.newCall(request);
    }

    /**
     * Rethrows an {@link Error} and the exception for a resolver that called the client: neither is a network failure.
     */
    private static @Nullable Throwable throwIfFatal(@Nullable Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        if (cause instanceof ReentrantCallException) {
            throw (RuntimeException) cause;
        }
        return cause;
    }

    /** Creates an exception for each waiting call, because each call adds its own suppressed exceptions. */
    private static UnknownHostException unknownHost(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
