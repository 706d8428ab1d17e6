package io.github.tuyacloud.bench.child;

import io.github.tuyacloud.TuyaCloud;

/** A program that sends one request through the library and prints a line; the time until then is what a user waits for. */
public final class FirstAnswerOfLibrary {

    private FirstAnswerOfLibrary() {}

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
