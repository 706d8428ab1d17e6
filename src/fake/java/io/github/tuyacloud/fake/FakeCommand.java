package io.github.tuyacloud.fake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command that a device has carried out.
 *
 * @param code the data point that was set
 * @param value the value that it was set to, as plain Java
 * @param at the time by the fake cloud's clock
 */
public record FakeCommand(String code, @Nullable Object value, Instant at) {}
