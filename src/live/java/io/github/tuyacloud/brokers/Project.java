package io.github.tuyacloud.brokers;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A cloud project as set up on Tuya's brokers: a tenant, a namespace and a topic with eleven partitions. */
final class Project {
    static final int PARTITIONS = 11;

    private static final Pattern BACKLOG = Pattern.compile("\"msgBacklog\" *: *(\\d+)");
    private static final Pattern ENTRIES = Pattern.compile("\"entriesAddedCounter\" *: *(\\d+)");

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

    /**
     * Retries for half a minute, because a broker that has just started may not own the topic's partitions yet (412).
     */
    private void createSubscription() throws IOException, InterruptedException {
        String path = topicPath() + "/subscription/" + accessId + "-sub";
        HttpResponse<String> response = broker.call("PUT", path, null);
        for (int tries = 1; response.statusCode() == 412 && tries < 60; tries++) {
            TimeUnit.MILLISECONDS.sleep(500);
            response = broker.call("PUT", path, null);
        }
        boolean existsAlready = response.statusCode() == 409;
        if (response.statusCode() >= 300 && !existsAlready) {
            throw new IOException("PUT " + path + ": " + response.statusCode() + " " + response.body());
        }
    }

    PulsarBroker broker() {
        return broker;
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
                .apiSecret(Envelopes.SECRET)
                .build();
    }

    /** Returns subscription options for this broker. */
    SubscriptionOptions.Builder options() {
        return SubscriptionOptions.builder().endpoint(broker.webSocketEndpoint());
    }

    /**
     * Returns a producer that sends each message as a separate entry, or several messages of a partition as one entry.
     */
    Producer producer(boolean batching) throws InterruptedException {
        return new Producer(broker.webSocketEndpoint() + "/ws/v2/producer/" + topicPath(), batching);
    }

    /** Sends a number of status reports; the devices take turns. */
    void produce(int messages, int devices, int padding) throws InterruptedException {
        try (Producer producer = producer(false)) {
            for (int i = 0; i < messages; i++) {
                producer.send("device" + i % devices, i / devices, padding);
            }
        }
    }

    /** Returns the size of the subscription's backlog, in entries or messages depending on the version. */
    long backlog() throws IOException, InterruptedException {
        String stats = broker.admin("GET", topicPath() + "/partitioned-stats?perPartition=false", null);
        Matcher matcher = BACKLOG.matcher(stats);
        long most = 0;
        while (matcher.find()) {
            most = Math.max(most, Long.parseLong(matcher.group(1)));
        }
        return most;
    }

    /** Drops unacknowledged messages older than a limit, as the cloud does after two hours. */
    void expireMessages(Duration age) throws IOException, InterruptedException {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String path = topicPath() + "-partition-" + partition + "/subscription/" + accessId + "-sub/expireMessages/"
                    + age.toSeconds();
            HttpResponse<String> response = broker.call("POST", path, null);
            boolean nothingToExpire = response.statusCode() == 409;
            if (response.statusCode() >= 300 && !nothingToExpire) {
                throw new IOException("POST " + path + ": " + response.statusCode() + " " + response.body());
            }
        }
    }

    /** Returns the number of entries in which the messages are stored. */
    long entries() throws IOException, InterruptedException {
        long entries = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String stats = broker.admin("GET", topicPath() + "-partition-" + partition + "/internalStats", null);
            Matcher matcher = ENTRIES.matcher(stats);
            entries += matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
        }
        return entries;
    }

    /** Waits until the broker has received all acknowledgments; returns false on timeout. */
    boolean awaitNoBacklog() throws Exception {
        return Patience.awaitSlowly(20, () -> backlog() == 0);
    }

    private String topicPath() {
        return "persistent/" + accessId + "/out/event";
    }
}
