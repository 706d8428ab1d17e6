package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import org.jspecify.annotations.Nullable;

/**
 * The thing model's description of a data point that differs from the standard instruction set. {@code things()}
 * accepts and returns this code; commands use the standard one.
 *
 * @param code the thing model's code, such as {@code Power} for the standard {@code switch}
 * @param type the thing model's type, with the names of the v1 specifications; null if it is the standard one
 * @param values JSON text with the values that the thing model allows; null if they are the standard ones
 */
public record ThingSpec(
        String code, @Nullable String type, @Nullable String values) {
    @Override
    public String toString() {
        return LogSafe.line("ThingSpec[code={}, type={}, values={}]", code, type, values);
    }
}
