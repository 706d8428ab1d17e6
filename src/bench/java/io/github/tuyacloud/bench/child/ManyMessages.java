package io.github.tuyacloud.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.server.MessageServerMain;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Handles messages as fast as possible, with the library or a hand-written socket, and prints messages per second and
 * CPU microseconds per message.
 */
public final class ManyMessages {

    private static final int QUEUE_SIZE = 1000;
    private static final String ID = "bench0000000000000000";

    private final long warmUp;
    private final long measured;
    private final AtomicLong count = new AtomicLong();
    private final CountDownLatch done = new CountDownLatch(1);
    private final long handlerNanos;
    private volatile long start;
    private volatile long end;
    private volatile long startCpu;
    private volatile long endCpu;

    private ManyMessages(long warmUp, long measured, long handlerNanos) {
        this.warmUp = warmUp;
        this.measured = measured;
        this.handlerNanos = handlerNanos;
    }

    /**
     * Expects the implementation, the endpoint, the number of threads, the handler's microseconds during the measurement,
     * and the numbers of messages before and during it.
     */
    public static void main(String[] arguments) throws Exception {
        long measured = Long.parseLong(arguments[5]);
        ManyMessages run =
                new ManyMessages(Long.parseLong(arguments[4]), measured, Long.parseLong(arguments[3]) * 1000);
        if (arguments[0].equals("library")) {
            run.library(arguments[1], Integer.parseInt(arguments[2]));
        } else {
            run.bare(arguments[1]);
        }
        System.out.println(measured * 1e9 / (run.end - run.start) + " " + (run.endCpu - run.startCpu) / 1e3 / measured);
        System.exit(0);
    }

    private void library(String endpoint, int threads) throws InterruptedException {
        SubscriptionOptions options = SubscriptionOptions.builder()
                .endpoint(endpoint)
                .receiverQueueSize(QUEUE_SIZE)
                .handlerThreads(threads)
                .build();
        try (TuyaCloud cloud = TuyaCloud.builder()
                        .region("eu")
                        .apiKey(ID)
                        .apiSecret(MessageServerMain.SECRET)
                        .build();
                MessageSubscription subscription = cloud.messages().subscribe(message -> handle(), options)) {
            done.await();
            subscription.close();
        }
    }

    /** Handles messages with one socket: each is parsed, decrypted, handled and acknowledged on its thread. */
    private void bare(String endpoint) throws InterruptedException {
        ObjectMapper mapper = new ObjectMapper();
        byte[] key = MessageServerMain.SECRET.substring(8, 24).getBytes(StandardCharsets.US_ASCII);
        OkHttpClient client = new OkHttpClient();
        String url = "http" + endpoint.substring(2) + "/ws/v2/consumer/persistent/" + ID + "/out/event/" + ID
                + "-sub?subscriptionType=Failover&ackTimeoutMillis=0&receiverQueueSize=" + QUEUE_SIZE;
        client.newWebSocket(new Request.Builder().url(url).build(), new WebSocketListener() {
            @Override
            public void onMessage(WebSocket webSocket, String text) {
                try {
                    JsonNode frame = mapper.readTree(text);
                    JsonNode envelope = mapper.readTree(
                            Base64.getDecoder().decode(frame.path("payload").asText()));
                    byte[] data =
                            Base64.getDecoder().decode(envelope.path("data").asText());
                    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
                    cipher.init(
                            Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, data, 0, 12));
                    JsonNode content = mapper.readTree(cipher.doFinal(data, 12, data.length - 12));
                    if (content.path("status").isEmpty()) {
                        throw new IllegalStateException("no status");
                    }
                    handle();
                    webSocket.send("{\"messageId\":\"" + frame.path("messageId").asText() + "\"}");
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        done.await();
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void handle() {
        long number = count.incrementAndGet();
        if (handlerNanos > 0 && number > warmUp) {
            try {
                TimeUnit.NANOSECONDS.sleep(handlerNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (number == warmUp) {
            start = System.nanoTime();
            startCpu = cpu();
        } else if (number == warmUp + measured) {
            end = System.nanoTime();
            endCpu = cpu();
            done.countDown();
        }
    }
}
