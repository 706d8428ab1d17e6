package io.github.tuyacloud.brokers;

import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageHandler;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Throws for some messages and passes the others to the real handler; thread-safe. */
final class FailingHandler implements MessageHandler {
    private final Predicate<LiveMessage> fails;
    private final MessageHandler handler;
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    FailingHandler(Predicate<LiveMessage> fails, MessageHandler handler) {
        this.fails = fails;
        this.handler = handler;
    }

    /** Fails once for every tenth message; these are spread over the devices. */
    static FailingHandler everyTenthOnce(MessageHandler handler) {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        return new FailingHandler(message -> isTenth(message) && failed.add(id(message)), handler);
    }

    @Override
    public void handle(LiveMessage message) throws Exception {
        if (fails.test(message)) {
            failures.merge(id(message), 1, Integer::sum);
            throw new IllegalStateException(id(message) + " fails on purpose");
        }
        handler.handle(message);
    }

    /** Returns how many runs failed, by message. */
    Map<String, Integer> failures() {
        return failures;
    }

    private static boolean isTenth(LiveMessage message) {
        int device = Integer.parseInt(message.deviceId().substring("device".length()));
        return (device + Journal.sequence(message)) % 10 == 0;
    }

    private static String id(LiveMessage message) {
        return message.deviceId() + "/" + Journal.sequence(message);
    }
}
