package io.github.tuyacloud.fake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One command that a device carried out.
 *
 * @param code the data point that was set
 * @param value what it was set to, as plain Java
 * @param at when, by the fake cloud's clock
 */
public record FakeCommand(String code, @Nullable Object value, Instant at) {}
