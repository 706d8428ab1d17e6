package io.github.tuyacloud.architecture;

import io.github.tuyacloud.TuyaCloud;

/** A program that reads one status and prints it; {@link StartupTest} counts the classes that it loads. */
final class FirstResult {

    private FirstResult() {}

    /**
     * Reads a status.
     *
     * @param arguments endpoint, access id, access secret, device id
     */
    public static void main(String[] arguments) {
        TuyaCloud cloud = TuyaCloud.builder()
                .region("eu")
                .endpoint(arguments[0])
                .apiKey(arguments[1])
                .apiSecret(arguments[2])
                .build();
        System.out.println("switched on: " + cloud.getStatus(arguments[3]).getBoolean("switch_1"));
    }
}
