package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;

/**
 * Sends one request with the library and prints a line. The time until then is what a user waits for.
 */
public final class FirstResultOfLibrary {

    private FirstResultOfLibrary() {}

    /**
     * Sends one request and prints a line.
     *
     * @param arguments endpoint, access id, secret, device id
     */
    public static void main(String[] arguments) {
        try (TuyaCloud cloud = TuyaCloud.builder()
                .region("eu")
                .endpoint(arguments[0])
                .apiKey(arguments[1])
                .apiSecret(arguments[2])
                .build()) {
            System.out.println("switched on: " + cloud.getStatus(arguments[3]).getBoolean("switch_1"));
        }
    }
}
