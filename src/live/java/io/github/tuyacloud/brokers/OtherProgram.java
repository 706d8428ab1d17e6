package io.github.tuyacloud.brokers;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.SubscriptionType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A program in another JVM that shares a subscription with the test and can be killed. */
final class OtherProgram implements AutoCloseable {
    private final Process process;
    private final Thread reader;
    private final AtomicLong handled = new AtomicLong();

    private OtherProgram(Process process, Journal journal) {
        this.process = process;
        reader = new Thread(() -> record(journal));
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the program; the messages that it handles are recorded in the journal. */
    static OtherProgram start(Project project, SubscriptionType type, Journal journal) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        OtherProgram.class.getName(),
                        project.broker().webSocketEndpoint(),
                        project.accessId(),
                        type.name())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new OtherProgram(process, journal);
    }

    /** Returns how many messages it has handled. */
    long handled() {
        return handled.get();
    }

    /** Waits until it has handled a number of messages; returns false on timeout. */
    boolean awaitHandled(long messages, long seconds) throws Exception {
        return Patience.await(seconds, () -> handled.get() >= messages);
    }

    /** Kills it and waits until everything that it reported is in the journal. */
    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    private void record(Journal journal) {
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))
                .lines()
                .map(line -> line.split(" "))
                // The last line of a killed program may be cut short.
                .filter(parts -> parts.length == 4)
                .forEach(parts -> {
                    journal.add(parts[0], Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
                    handled.incrementAndGet();
                });
    }

    /** Expects the endpoint, the access id and the subscription type. */
    public static void main(String[] args) throws InterruptedException {
        FailingHandler handler = FailingHandler.everyTenthOnce(message -> System.out.println(
                message.deviceId() + " " + Journal.sequence(message) + " " + System.nanoTime() + " ."));
        try (TuyaCloud cloud = Project.client(args[1]);
                MessageSubscription subscription = cloud.messages()
                        .subscribe(
                                handler,
                                SubscriptionOptions.builder()
                                        .endpoint(args[0])
                                        .subscriptionType(SubscriptionType.valueOf(args[2]))
                                        .redeliveryDelay(Duration.ofMillis(100))
                                        .build())) {
            subscription.await();
        }
    }
}
