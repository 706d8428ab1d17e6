package io.github.tuyacloud;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.operation.BatchStatus;
import io.github.tuyacloud.operation.Descriptions;
import io.github.tuyacloud.operation.DeviceLister;
import io.github.tuyacloud.operation.DeviceLogs;
import io.github.tuyacloud.operation.FullMappings;
import io.github.tuyacloud.operation.LogService;
import io.github.tuyacloud.operation.Mappings;
import io.github.tuyacloud.operation.WorkerPool;
import io.github.tuyacloud.picture.Pictures;
import io.github.tuyacloud.socket.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * The parts of a client: those shared with its views, and those of each view.
 *
 * @param pipeline the way to the cloud, with the options of this client or view
 * @param workers the threads for concurrent requests; shared
 * @param descriptions specifications and thing models
 * @param mappings the DP maps; what is known is shared
 * @param lister device lists; the owners of devices are shared
 * @param logService which log call works; shared
 * @param logs device logs
 * @param subscriptions the live messages; shared
 * @param pictures the living pictures; shared
 * @param apiDeviceIds the devices whose owners' devices are listed; empty for all linked accounts
 */
record Wiring(
        CallPipeline pipeline,
        WorkerPool workers,
        Descriptions descriptions,
        Mappings mappings,
        DeviceLister lister,
        LogService logService,
        DeviceLogs logs,
        Subscriptions subscriptions,
        Pictures pictures,
        List<String> apiDeviceIds) {

    /**
     * What a builder decides about a client.
     *
     * @param maxConcurrency the maximum number of concurrent requests of the library's own
     * @param apiDeviceIds the devices whose owners' devices are listed; empty for all linked accounts
     * @param monthlyBudget the maximum number of requests a month
     * @param clock the local clock
     * @param nanoTime the monotonic clock
     * @param longestSilence the time without a sign of the message service after which messages may have been lost
     */
    record Plan(
            int maxConcurrency,
            List<String> apiDeviceIds,
            long monthlyBudget,
            Clock clock,
            LongSupplier nanoTime,
            Duration longestSilence) {}

    static Wiring of(CallPipeline pipeline, Subscriptions subscriptions, Plan plan) {
        WorkerPool workers = new WorkerPool(plan.maxConcurrency());
        Descriptions descriptions = new Descriptions(pipeline);
        Mappings mappings = new Mappings(descriptions, workers, pipeline.callTimeout());
        LogService logService = new LogService(pipeline::region);
        Pictures pictures = new Pictures(new Pictures.Tools(
                pipeline,
                workers,
                mappings,
                plan.apiDeviceIds(),
                subscriptions::start,
                plan.clock(),
                plan.nanoTime(),
                plan.monthlyBudget(),
                plan.longestSilence()));
        return new Wiring(
                pipeline,
                workers,
                descriptions,
                mappings,
                new DeviceLister(pipeline, workers, mappings, plan.apiDeviceIds()),
                logService,
                new DeviceLogs(pipeline, workers, logService),
                subscriptions,
                pictures,
                plan.apiDeviceIds());
    }

    /** Returns the wiring of a view, whose calls have other options. */
    Wiring over(CallPipeline view) {
        Descriptions described = new Descriptions(view);
        Mappings mapped = mappings.over(described, view.callTimeout());
        return new Wiring(
                view,
                workers,
                described,
                mapped,
                lister.over(view, mapped),
                logService,
                new DeviceLogs(view, workers, logService),
                subscriptions,
                pictures,
                apiDeviceIds);
    }

    Things things() {
        return new Things(pipeline, descriptions, new FullMappings(descriptions, workers));
    }

    Devices devices() {
        return new Devices(pipeline, new BatchStatus(pipeline, workers));
    }

    /** Ends all that is running and closes what the client made. */
    void close() {
        pictures.close();
        subscriptions.close();
        pipeline.close();
        workers.close();
    }
}
