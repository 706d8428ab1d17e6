package io.github.tuyacloud.examples;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.live.LiveChange;
import io.github.tuyacloud.live.LiveChangeListener;
import io.github.tuyacloud.live.LiveDevices;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls a webhook when a door opens. */
public final class DoorWebhook implements LiveChangeListener {

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI webhook;

    /**
     * Creates a listener that calls a webhook.
     *
     * @param webhook the address to post to
     */
    public DoorWebhook(URI webhook) {
        this.webhook = webhook;
    }

    /**
     * Runs until it is stopped, with the {@code tinytuya.json} in the working directory.
     *
     * @param args the address of the webhook
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] args) throws InterruptedException {
        try (TuyaCloud cloud = new TuyaCloud();
                LiveDevices home = cloud.live()
                        .onChange(new DoorWebhook(URI.create(args[0])))
                        .start()) {
            home.await(Duration.ofDays(365));
        }
    }

    /** Throws if the webhook fails: the same change is then delivered again, at most three times in total. */
    @Override
    public void changed(LiveChange change) throws IOException, InterruptedException {
        if (change instanceof LiveChange.ValueUpdate update
                && update.code().equals("doorcontact_state")
                && update.changed()
                && update.after().isTrue()) {
            HttpRequest request = HttpRequest.newBuilder(webhook)
                    .timeout(Duration.ofSeconds(5))
                    .POST(HttpRequest.BodyPublishers.ofString(update.device().label() + " is open"))
                    .build();
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status >= 300) {
                throw new IOException("the webhook answered " + status);
            }
        }
    }
}
