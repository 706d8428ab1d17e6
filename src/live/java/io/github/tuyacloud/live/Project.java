package io.github.tuyacloud.live;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.apache.pulsar.client.api.MessageRoutingMode;
import org.apache.pulsar.client.api.Producer;
import org.apache.pulsar.client.api.PulsarClient;

/** One project as Tuya lays it out on its brokers: a tenant, a namespace and a topic of eleven partitions. */
final class Project {
    static final int PARTITIONS = 11;

    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Pattern BACKLOG = Pattern.compile("\"msgBacklog\" *: *(\\d+)");
    private static final int MOST_IN_FLIGHT = 2_000;

    private final PulsarBroker broker;
    private final String accessId;

    Project(PulsarBroker broker, String accessId) throws IOException, InterruptedException {
        this.broker = broker;
        this.accessId = accessId;
        broker.admin("PUT", "tenants/" + accessId, "{\"allowedClusters\":[\"standalone\"],\"adminRoles\":[]}");
        broker.admin("PUT", "namespaces/" + accessId + "/out", "{}");
        broker.admin("PUT", topicPath() + "/partitions", String.valueOf(PARTITIONS));
        createSubscription();
    }

    /** Tries for half a minute: a broker that has just come up may not own the topic's partitions yet (412). */
    private void createSubscription() throws IOException, InterruptedException {
        String path = topicPath() + "/subscription/" + accessId + "-sub";
        HttpResponse<String> response = broker.call("PUT", path, null);
        for (int tries = 1; response.statusCode() == 412 && tries < 60; tries++) {
            TimeUnit.MILLISECONDS.sleep(500);
            response = broker.call("PUT", path, null);
        }
        boolean madeBefore = response.statusCode() == 409;
        if (response.statusCode() >= 300 && !madeBefore) {
            throw new IOException("PUT " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    String accessId() {
        return accessId;
    }

    TuyaCloud client() {
        return client(accessId);
    }

    static TuyaCloud client(String accessId) {
        return TuyaCloud.builder()
                .region("eu")
                .apiKey(accessId)
                .apiSecret(SECRET)
                .build();
    }

    /** Returns options that lead to this broker. */
    SubscriptionOptions.Builder options() {
        return SubscriptionOptions.builder().endpoint(broker.webSocketEndpoint());
    }

    /** How many messages the broker still holds for the subscription. */
    long backlog() throws IOException, InterruptedException {
        String stats = broker.admin("GET", topicPath() + "/partitioned-stats?perPartition=false", null);
        Matcher matcher = BACKLOG.matcher(stats);
        long most = 0;
        while (matcher.find()) {
            most = Math.max(most, Long.parseLong(matcher.group(1)));
        }
        return most;
    }

    /** Waits until the broker has seen all acknowledgements. */
    boolean awaitNoBacklog() throws IOException, InterruptedException {
        for (int tries = 0; tries < 100; tries++) {
            if (backlog() == 0) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        return false;
    }

    /** Sends status reports of so many devices in turn, encrypted in both ways in turn, keyed by device. */
    void produce(int messages, int devices, int padding) throws Exception {
        Semaphore inFlight = new Semaphore(MOST_IN_FLIGHT);
        CompletableFuture<Void> failure = new CompletableFuture<>();
        try (PulsarClient client =
                        PulsarClient.builder().serviceUrl(broker.serviceUrl()).build();
                Producer<byte[]> producer = client.newProducer()
                        .topic("persistent://" + accessId + "/out/event")
                        .messageRoutingMode(MessageRoutingMode.RoundRobinPartition)
                        .enableBatching(false)
                        .maxPendingMessages(MOST_IN_FLIGHT)
                        .create()) {
            for (int i = 0; i < messages && !failure.isDone(); i++) {
                String device = "device" + i % devices;
                boolean gcm = i % 2 == 0;
                inFlight.acquire();
                producer.newMessage()
                        .key(device)
                        .property("em", gcm ? "aes_gcm" : "aes_ecb")
                        .value(envelope(device, i / devices, padding, gcm))
                        .sendAsync()
                        .whenComplete((id, problem) -> {
                            inFlight.release();
                            if (problem != null) {
                                failure.completeExceptionally(problem);
                            }
                        });
            }
            inFlight.acquire(MOST_IN_FLIGHT);
            if (failure.isDone()) {
                failure.get();
            }
        }
    }

    private static byte[] envelope(String device, int sequence, int padding, boolean gcm) {
        String content = "{\"dataId\":\"" + "d".repeat(Math.max(1, padding)) + "\",\"devId\":\"" + device
                + "\",\"productKey\":\"pk1\",\"status\":[{\"code\":\"count\",\"t\":1588925778000,\"value\":" + sequence
                + ",\"20\":\"" + sequence + "\"}]}";
        byte[] sealed = gcm ? gcm(content, device.hashCode(), sequence) : ecb(content);
        return ("{\"data\":\"" + Base64.getEncoder().encodeToString(sealed)
                        + "\",\"protocol\":4,\"pv\":\"2.0\",\"sign\":\"00\",\"t\":1588925778000}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ecb(String content) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, key());
            return cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] gcm(String content, int one, int other) {
        try {
            byte[] nonce = ByteBuffer.allocate(12).putInt(one).putInt(other).array();
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, key(), new GCMParameterSpec(128, nonce));
            byte[] sealed = cipher.doFinal(content.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SecretKeySpec key() {
        return new SecretKeySpec(SECRET.substring(8, 24).getBytes(StandardCharsets.US_ASCII), "AES");
    }

    private String topicPath() {
        return "persistent/" + accessId + "/out/event";
    }
}
