package io.github.tuyacloud.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * The request to open the message socket, checked at least as strictly as the real service does. It shares no code with
 * any client.
 *
 * @param status the HTTP status of the response: 101 if the handshake succeeds
 * @param test whether the consumer wants the test environment
 * @param type the subscription type
 * @param ackTimeoutMillis the time until an unacknowledged message is redelivered; 0 for no limit
 * @param receiverQueueSize the maximum number of outstanding deliveries
 * @param redeliveryDelayMillis the delay before a negatively acknowledged message is redelivered
 */
record MessageHandshake(
        int status,
        boolean test,
        String type,
        long ackTimeoutMillis,
        int receiverQueueSize,
        long redeliveryDelayMillis) {
    static final int SWITCHING_PROTOCOLS = 101;

    private static final Set<String> TYPES = Set.of("Exclusive", "Failover", "Shared", "Key_Shared");
    private static final Set<String> PARAMETERS =
            Set.of("subscriptionType", "ackTimeoutMillis", "receiverQueueSize", "negativeAckRedeliveryDelay");

    static MessageHandshake of(WireRequest request, String accessId, String accessSecret) {
        String base = "/ws/v2/consumer/persistent/" + accessId + "/out/";
        boolean production = request.path().equals(base + "event/" + accessId + "-sub");
        boolean test = request.path().equals(base + "event-test/" + accessId + "-sub");
        if (!accessId.equals(request.header("username"))
                || !password(accessId, accessSecret).equals(request.header("password"))) {
            return refused(401);
        }
        if (!production && !test) {
            return refused(404);
        }
        return ofQuery(request.query(), test);
    }

    private static MessageHandshake ofQuery(Map<String, String> query, boolean test) {
        try {
            String type = query.getOrDefault("subscriptionType", "Exclusive");
            long ackTimeout = Long.parseLong(query.getOrDefault("ackTimeoutMillis", "0"));
            int queueSize = Integer.parseInt(query.getOrDefault("receiverQueueSize", "1000"));
            long delay = Long.parseLong(query.getOrDefault("negativeAckRedeliveryDelay", "60000"));
            boolean valid = PARAMETERS.containsAll(query.keySet())
                    && TYPES.contains(type)
                    && (ackTimeout == 0 || ackTimeout >= 1000)
                    && queueSize >= 1
                    && delay >= 0;
            return new MessageHandshake(
                    valid ? SWITCHING_PROTOCOLS : 400, test, type, ackTimeout, Math.min(1000, queueSize), delay);
        } catch (NumberFormatException e) {
            return refused(400);
        }
    }

    private static MessageHandshake refused(int status) {
        return new MessageHandshake(status, false, "", 0, 0, 0);
    }

    private static String password(String accessId, String accessSecret) {
        String outer = hash(accessId + hash(accessSecret));
        return outer.substring(8, 24);
    }

    private static String hash(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no MD5", e);
        }
    }
}
