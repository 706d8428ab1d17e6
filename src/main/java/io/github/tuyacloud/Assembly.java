package io.github.tuyacloud;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.socket.Subscriptions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What a builder has put together for a new client.
 *
 * @param pipeline the way to the cloud
 * @param callTimeout how long one call may take
 * @param maxConcurrency how many calls the library itself makes side by side
 * @param messageSockets the live messages
 * @param apiDeviceIds whose owners' devices are listed; empty for all linked accounts
 * @param clock the local clock
 * @param nanoTime the monotonic clock
 * @param monthlyBudget the maximum number of requests a month
 */
record Assembly(
        CallPipeline pipeline,
        Duration callTimeout,
        int maxConcurrency,
        Subscriptions messageSockets,
        List<String> apiDeviceIds,
        Clock clock,
        LongSupplier nanoTime,
        long monthlyBudget) {}
