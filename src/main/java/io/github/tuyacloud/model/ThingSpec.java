package io.github.tuyacloud.model;

import io.github.tuyacloud.json.LogSafe;
import org.jspecify.annotations.Nullable;

/**
 * How the thing model describes a data point where it differs from the standard instruction set: {@code things()} takes and
 * returns this code, commands take the standard one.
 *
 * @param code the thing model's code, such as {@code Power} beside the standard {@code switch}
 * @param type the thing model's type in the words of the v1 specifications; null if it is the standard one
 * @param values JSON text with the values that the thing model allows; null if they are the standard ones
 */
public record ThingSpec(
        String code, @Nullable String type, @Nullable String values) {
    @Override
    public String toString() {
        return LogSafe.line("ThingSpec[code={}, type={}, values={}]", code, type, values);
    }
}
