/**
 * Benchmarks, outside the tests: {@link io.github.tuyacloud.bench.Bench} starts them all, and says how.
 *
 * <p>{@code server} is the cloud that they call, in a process of its own; {@code client} holds the two clients that the
 * library is compared with; {@code cases} says what is measured; {@code child} are programs that need a JVM to themselves.
 */
package io.github.tuyacloud.bench;
