package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.client.Clients;
import io.github.tuyacloud.model.DeviceListOptions;
import java.lang.ref.Reference;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Lists all devices with their mappings, with the library or bare OkHttp, and prints the heap bytes per device: the
 * retained ones, or all allocated ones if the JVM runs without garbage collection.
 */
public final class KeptDevices {

    private KeptDevices() {}

    /**
     * Lists all devices and prints the bytes per device.
     *
     * @param arguments {@code library} or {@code bare}, the endpoint
     */
    public static void main(String[] arguments) {
        Supplier<Collection<?>> list = arguments[0].equals("library")
                ? () -> byLibrary(arguments[1])
                : () -> Clients.bare(arguments[1]).devicesWithMaps();
        list.get(); // loads the classes
        long before = used();
        Collection<?> devices = list.get();
        long bytes = used() - before;
        System.out.println(bytes / devices.size());
        Reference.reachabilityFence(devices);
    }

    /** Uses a new client each time, because a client remembers the mappings. */
    private static Collection<?> byLibrary(String endpoint) {
        try (TuyaCloud library = Clients.libraryByDefault(endpoint)) {
            return library.getDevices(
                    DeviceListOptions.builder().includeMap(true).build());
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
