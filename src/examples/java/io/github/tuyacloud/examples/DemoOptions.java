package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloudBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parsed arguments of the demo.
 *
 * @param words the command and its arguments
 * @param json whether to print JSON
 * @param showKeys whether to print local keys
 * @param region the data center to use, or null for that of the configuration
 * @param endpoint the base URL to call, or null for that of the region
 */
record DemoOptions(
        List<String> words,
        boolean json,
        boolean showKeys,
        @Nullable String region,
        @Nullable String endpoint) {

    static DemoOptions parse(List<String> args) {
        List<String> words = new ArrayList<>(args);
        boolean json = words.removeIf("--json"::equals);
        boolean keys = words.removeIf("--keys"::equals);
        String region = valueOf("--region", words);
        String endpoint = valueOf("--endpoint", words);
        return new DemoOptions(List.copyOf(words), json, keys, region, endpoint);
    }

    /** Sets the region and endpoint, if given. */
    TuyaCloudBuilder apply(TuyaCloudBuilder builder) {
        if (region != null) {
            builder.region(region);
        }
        if (endpoint != null) {
            builder.endpoint(endpoint);
        }
        return builder;
    }

    private static @Nullable String valueOf(String option, List<String> words) {
        int index = words.indexOf(option);
        if (index < 0) {
            return null;
        }
        if (index + 1 == words.size()) {
            throw DemoCommand.misuse(option + " needs a value");
        }
        words.remove(index);
        return words.remove(index);
    }
}
