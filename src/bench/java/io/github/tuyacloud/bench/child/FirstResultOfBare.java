package io.github.tuyacloud.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.tuyacloud.bench.client.BareClient;
import okhttp3.OkHttpClient;

/** Like {@link FirstResultOfLibrary}, but without the library. */
public final class FirstResultOfBare {

    private FirstResultOfBare() {}

    /**
     * Sends one request and prints a line.
     *
     * @param arguments endpoint, access id, secret, device id
     */
    public static void main(String[] arguments) {
        BareClient cloud = new BareClient(new OkHttpClient(), arguments[0]);
        for (JsonNode dataPoint : cloud.status(arguments[3])) {
            if (dataPoint.get("code").asText().equals("switch_1")) {
                System.out.println("switched on: " + dataPoint.get("value").asBoolean());
            }
        }
    }
}
