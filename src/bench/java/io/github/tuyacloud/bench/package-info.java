/**
 * Benchmarks: {@link io.github.tuyacloud.bench.Bench} starts them and describes how.
 *
 * <p>{@code server} is the cloud that they call, in a separate process; {@code client} contains the two clients that
 * the library is compared with, {@code cases} the measurements, {@code child} programs that run in a separate JVM.
 */
package io.github.tuyacloud.bench;
