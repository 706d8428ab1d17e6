package io.github.tuyacloud.bench.child;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.OperatingSystemMXBean;
import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.bench.server.MessageServerMain;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Handles messages as fast as possible, with the library or a hand-written socket. For each line that it reads, with the
 * number of messages and the microseconds that the handler takes, it handles so many messages and prints their cost: the
 * seconds, and the CPU microseconds of the process. Otherwise, the handler waits.
 */
public final class ManyMessages {

    private static final int QUEUE_SIZE = 1000;
    private static final String ID = "bench0000000000000000";

    /** Messages before the measurement of each order: some are already decrypted while the handler waits. */
    private static final int UNCOUNTED = 2_000;

    private final Semaphore allowed = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private final AtomicInteger handled = new AtomicInteger();
    private volatile int last;
    private volatile long handlerNanos;
    private volatile long nanos;
    private volatile long cpuNanos;

    private ManyMessages() {}

    /** Expects the implementation, the endpoint and the number of threads. */
    public static void main(String[] arguments) throws Exception {
        ManyMessages program = new ManyMessages();
        if (arguments[0].equals("library")) {
            program.library(arguments[1], Integer.parseInt(arguments[2]));
        } else {
            program.bare(arguments[1]);
        }
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] numbers = order.split(" ");
            program.handle(Integer.parseInt(numbers[0]), Long.parseLong(numbers[1]) * 1000);
        }
        System.exit(0);
    }

    private void handle(int messages, long eachNanos) throws InterruptedException {
        handled.set(0);
        last = UNCOUNTED + messages;
        handlerNanos = eachNanos;
        allowed.release(last);
        done.acquire();
        System.out.printf(Locale.ROOT, "%.6f %.1f%n", nanos / 1e9, cpuNanos / 1e3);
    }

    private void library(String endpoint, int threads) {
        SubscriptionOptions options = SubscriptionOptions.builder()
                .endpoint(endpoint)
                .receiverQueueSize(QUEUE_SIZE)
                .handlerThreads(threads)
                .build();
        TuyaCloud cloud = TuyaCloud.builder()
                .region("eu")
                .apiKey(ID)
                .apiSecret(MessageServerMain.SECRET)
                .build();
        cloud.messages().subscribe(message -> handle(), options);
    }

    /** Handles messages with one socket: each is parsed, decrypted, handled and acknowledged on its thread. */
    private void bare(String endpoint) {
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
    }

    private static long cpu() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private void handle() {
        allowed.acquireUninterruptibly();
        int number = handled.incrementAndGet();
        if (handlerNanos > 0 && number > UNCOUNTED) {
            LockSupport.parkNanos(handlerNanos);
        }
        if (number == UNCOUNTED) {
            nanos = -System.nanoTime();
            cpuNanos = -cpu();
        } else if (number == last) {
            nanos += System.nanoTime();
            cpuNanos += cpu();
            done.release();
        }
    }
}
