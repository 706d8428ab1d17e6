package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.Flight;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DpMapping;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cache of DP maps; each product's specification is fetched once.
 *
 * <p>One caller fetches and the others wait, as {@link Flight} describes. A failure is not remembered.
 */
public final class Mappings {

    /** With less time left, a waiter does not take over, because no answer would arrive in time. */
    private static final Duration WORTH_A_CALL = Duration.ofMillis(100);

    private final Descriptions descriptions;
    private final WorkerPool workers;
    private final Duration callTimeout;
    private final Map<String, ProductFlight> flights;
    private final AtomicReference<Map<String, DpMapping>> byProduct;

    /**
     * Creates a cache without maps.
     *
     * @param descriptions fetches specifications
     * @param workers fetches several concurrently
     * @param callTimeout the maximum wait for a fetch by another caller
     */
    public Mappings(Descriptions descriptions, WorkerPool workers, Duration callTimeout) {
        this(
                descriptions,
                workers,
                callTimeout,
                new ConcurrentHashMap<>(),
                new AtomicReference<>(new ConcurrentHashMap<>()));
    }

    private Mappings(
            Descriptions descriptions,
            WorkerPool workers,
            Duration callTimeout,
            Map<String, ProductFlight> flights,
            AtomicReference<Map<String, DpMapping>> byProduct) {
        this.descriptions = descriptions;
        this.workers = workers;
        this.callTimeout = callTimeout;
        this.flights = flights;
        this.byProduct = byProduct;
    }

    /** Returns the same maps, fetched with other options. */
    public Mappings over(Descriptions described, Duration timeout) {
        return new Mappings(described, workers, timeout, flights, byProduct);
    }

    /**
     * Returns a product's map within the call timeout; fetches it if necessary and if a device of the product is given.
     *
     * @param productId the product
     * @param deviceId a device of it, or null
     * @return the map, which has no entries for a product without data points; empty if it is unknown and no device is
     *     given
     */
    public Optional<DpMapping> get(String productId, @Nullable String deviceId) {
        Optional<DpMapping> known = known(productId);
        return known.isPresent() || deviceId == null
                ? known
                : Optional.of(new Search(productId, deviceId, false).find());
    }

    /**
     * Like {@link #get}, but on a worker thread. A worker must not wait for another worker, so a call that it takes
     * over gets the whole call timeout again.
     *
     * @param productId the product
     * @param deviceId a device of it, or null
     * @return the map, which has no entries for a product without data points; empty if it is unknown and no device is
     *     given
     */
    public Optional<DpMapping> find(String productId, @Nullable String deviceId) {
        Optional<DpMapping> known = known(productId);
        return known.isPresent() || deviceId == null
                ? known
                : Optional.of(new Search(productId, deviceId, true).find());
    }

    /**
     * Fetches the missing maps of all products in a list.
     *
     * @param devices the devices; those without a product id are skipped
     * @return all maps known, by product id
     */
    public Map<String, DpMapping> findAll(Collection<Device> devices) {
        Map<String, String> deviceByProduct = new LinkedHashMap<>();
        for (Device device : devices) {
            String product = device.productId();
            if (product != null && !product.isBlank() && known(product).isEmpty()) {
                deviceByProduct.putIfAbsent(product, device.id());
            }
        }
        try (TaskScope scope = workers.openScope()) {
            deviceByProduct.forEach((product, device) -> scope.start(() -> find(product, device)));
            scope.join();
        }
        return Map.copyOf(byProduct.get());
    }

    /**
     * Replaces all maps.
     *
     * @param mappings by product id
     */
    public void replace(Map<String, DpMapping> mappings) {
        byProduct.set(new ConcurrentHashMap<>(mappings));
    }

    Optional<DpMapping> known(String productId) {
        return Optional.ofNullable(byProduct.get().get(productId));
    }

    private DpMapping fetch(String deviceId) {
        return DpMapping.of(descriptions.specificationOrEmpty(deviceId));
    }

    /** A running fetch of a product's map, from the specification of one of its devices. */
    private record ProductFlight(String deviceId, Flight<DpMapping> flight) {}

    /** The steps of one caller to get a missing map. */
    private final class Search {

        private final String productId;
        private final String deviceId;
        private final boolean onWorker;
        private final long end = System.nanoTime() + callTimeout.toNanos();

        Search(String productId, String deviceId, boolean onWorker) {
            this.productId = productId;
            this.deviceId = deviceId;
            this.onWorker = onWorker;
        }

        DpMapping find() {
            Supplier<DpMapping> call = () -> fetch(deviceId);
            while (true) {
                ProductFlight mine = new ProductFlight(deviceId, new Flight<>());
                ProductFlight other = flights.putIfAbsent(productId, mine);
                if (other == null) {
                    return lead(mine, call);
                }
                DpMapping mapping = follow(other);
                if (mapping != null) {
                    return mapping;
                }
                if (remaining().compareTo(WORTH_A_CALL) < 0) {
                    throw tooLate();
                }
                call = onWorker ? call : this::fetchInTime;
            }
        }

        /** Fetches for all waiters; the map is stored before they wake up. */
        private DpMapping lead(ProductFlight mine, Supplier<DpMapping> call) {
            try {
                Map<String, DpMapping> cache = byProduct.get();
                DpMapping mapping = cache.get(productId);
                if (mapping == null) {
                    mapping = call.get();
                    cache.put(productId, mapping);
                }
                flights.remove(productId, mine);
                mine.flight().succeed(mapping);
                return mapping;
            } catch (RuntimeException | Error e) {
                flights.remove(productId, mine);
                if (Thread.currentThread().isInterrupted() || remaining().isZero()) {
                    mine.flight().abandon();
                } else {
                    mine.flight().fail(e);
                }
                throw e;
            }
        }

        private @Nullable DpMapping follow(ProductFlight other) {
            try {
                return other.flight().await(remaining());
            } catch (RuntimeException e) {
                // A refusal for another device may not apply to this one.
                if (other.deviceId().equals(deviceId)) {
                    throw e;
                }
                return null;
            } catch (InterruptedException e) {
                throw WorkerPool.interrupted(e);
            } catch (TimeoutException e) {
                throw tooLate();
            }
        }

        /** Limits a fetch to the time that this caller has left; the fetch itself has the whole call timeout. */
        private DpMapping fetchInTime() {
            FutureTask<DpMapping> fetching = workers.start(() -> fetch(deviceId));
            try {
                return fetching.get(remaining().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                throw WorkerPool.interrupted(e);
            } catch (TimeoutException e) {
                throw tooLate();
            } catch (CancellationException e) {
                throw new IllegalStateException("This TuyaCloud is closed", e);
            } catch (ExecutionException e) {
                throw WorkerPool.causeOf(e);
            } finally {
                fetching.cancel(true);
            }
        }

        private Duration remaining() {
            return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
        }

        private TuyaTransportException tooLate() {
            return new TuyaTransportException(
                    CallFailure.builder(Descriptions.SPECIFICATION_OPERATION)
                            .retryable(true)
                            .build(),
                    "the specification, which another thread was fetching, did not come within " + callTimeout,
                    Sent.NO,
                    null);
        }
    }
}
