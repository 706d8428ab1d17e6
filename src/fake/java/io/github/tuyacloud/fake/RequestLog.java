package io.github.tuyacloud.fake;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records the most recent requests, and counts all requests by endpoint. */
final class RequestLog {
    private final int limit;
    private final Map<Long, FakeRequest> remembered = new LinkedHashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final BitSet connections = new BitSet();
    private long nextNumber;
    private long total;

    RequestLog(int limit) {
        this.limit = limit;
    }

    /** Records a request on arrival, so that a test sees it before it has a response; returns its number. */
    synchronized long arrived(FakeRequest request) {
        long number = nextNumber++;
        total++;
        counts.merge(key(request.method(), request.template()), 1L, Long::sum);
        connections.set(request.connection());
        remembered.put(number, request);
        if (remembered.size() > limit) {
            remembered.remove(remembered.keySet().iterator().next());
        }
        notifyAll();
        return number;
    }

    /** Records the outcome of a request, unless its record has been dropped in the meantime. */
    synchronized void completed(long number, boolean executed, int httpStatus, int code) {
        remembered.computeIfPresent(number, (key, request) -> request.completed(executed, httpStatus, code));
    }

    synchronized List<FakeRequest> list() {
        return List.copyOf(remembered.values());
    }

    synchronized long count() {
        return total;
    }

    synchronized long count(String method, String template) {
        return counts.getOrDefault(key(method, template), 0L);
    }

    synchronized int connections() {
        return connections.cardinality();
    }

    synchronized void clear() {
        remembered.clear();
        counts.clear();
        connections.clear();
        total = 0;
    }

    /** Waits for a total number of requests; returns false if fewer arrived in that time. */
    synchronized boolean await(long wanted, Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (total < wanted) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    private static String key(String method, String template) {
        return method + " " + template;
    }
}
