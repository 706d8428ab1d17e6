package io.github.tuyacloud.hostile;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.messages.FailureVerdict;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageErrorListener;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.util.concurrent.TimeUnit;

/** A program with a small heap that subscribes to a hostile message service and keeps reading a status. */
final class SmallHeapSubscriber {

    private SmallHeapSubscriber() {}

    /**
     * Expects the endpoints of the cloud and of the message service, key, secret, device and the minimum number of
     * reads. Prints the results in one line once a byte arrives on its input.
     */
    public static void main(String[] arguments) throws Exception {
        int reads = Integer.parseInt(arguments[5]);
        SubscriptionOptions options = SubscriptionOptions.builder()
                .endpoint(arguments[1])
                .receiverQueueSize(100)
                .errorListener(new Patient())
                .build();
        int read = 0;
        long longest = 0;
        try (TuyaCloud cloud = TuyaCloud.builder()
                        .endpoint(arguments[0])
                        .apiKey(arguments[2])
                        .apiSecret(arguments[3])
                        .build();
                MessageSubscription subscription = cloud.messages().subscribe(message -> {}, options)) {
            while (read < reads || System.in.available() == 0) {
                long start = System.nanoTime();
                cloud.getStatus(arguments[4]);
                read++;
                longest = Math.max(longest, System.nanoTime() - start);
                TimeUnit.MILLISECONDS.sleep(20);
            }
            boolean watchdog = Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("Okio Watchdog"));
            System.out.println("RESULT reads=" + read + " longestMillis=" + longest / 1_000_000 + " reconnects="
                    + subscription.counters().reconnects() + " received="
                    + subscription.counters().received() + " watchdog=" + watchdog + " state="
                    + subscription.state());
        }
        System.exit(0);
    }

    /** Handles each unreadable message slowly, and acknowledges it. */
    private static final class Patient implements MessageErrorListener {

        @Override
        public FailureVerdict handlerFailed(LiveMessage message, Throwable failure) {
            return FailureVerdict.RETRY;
        }

        @Override
        public FailureVerdict unreadable(UnreadableMessage message) {
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FailureVerdict.ACKNOWLEDGE;
        }
    }
}
