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
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Looks host names up, and lets go of a lookup that takes too long: neither an interrupt nor a cancelled call ends the
 * system's own, which may take a minute on a bad network. So each runs on a thread of its own, one a host name at a time,
 * that ends with it.
 */
final class CancellableDns implements Dns {

    private static final long LOOK_UP_MILLIS = 50;

    private final Dns dns;
    private final ThreadLocal<okhttp3.@Nullable Call> waiting = new ThreadLocal<>();
    private final ConcurrentMap<String, Lookup> underWay = new ConcurrentHashMap<>();

    CancellableDns(Dns dns) {
        this.dns = dns;
    }

    /** A lookup for all who ask meanwhile. */
    private final class Lookup extends FutureTask<List<InetAddress>> {
        private final String host;

        Lookup(String host) {
            super(() -> dns.lookup(host));
            this.host = host;
        }

        @Override
        protected void done() {
            underWay.remove(host, this);
        }

        Lookup begin() {
            Thread thread = new Thread(this, "tuya-cloud-lookup");
            thread.setDaemon(true);
            thread.start();
            return this;
        }
    }

    /** Has the current thread's lookups end when that call is cancelled; null when it makes none. */
    void waitFor(okhttp3.@Nullable Call call) {
        waiting.set(call);
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        okhttp3.Call call = waiting.get();
        if (call == null) {
            return dns.lookup(host);
        }
        Lookup lookup = underWay.computeIfAbsent(host, name -> new Lookup(name).begin());
        try {
            while (!call.isCanceled()) {
                try {
                    return lookup.get(LOOK_UP_MILLIS, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // Is the call still wanted?
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw unknown(host, e.getCause());
        }
        throw new UnknownHostException("the lookup was given up");
    }

    /** One that can be cancelled, as a user's own may be able to make, needs no help; another ends up above. */
    @Override
    public Dns.Call newCall(Dns.Request request) {
        return dns.newCall(request);
    }

    /** A new exception for each who waited, since each adds to its own. */
    private static UnknownHostException unknown(String host, @Nullable Throwable cause) {
        UnknownHostException unknown = new UnknownHostException(host);
        unknown.initCause(cause);
        return unknown;
    }
}
