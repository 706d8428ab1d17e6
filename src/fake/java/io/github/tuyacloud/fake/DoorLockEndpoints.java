package io.github.tuyacloud.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The endpoints for door locks: tickets, and opening a door with one. */
final class DoorLockEndpoints {
    private static final String TEMPLATE = "/v1.0/devices/{id}/door-lock";
    private static final Duration LIFETIME = Duration.ofMinutes(5);

    /** The categories of locks: in homes, in hotels and offices, and of safes. */
    private static final Set<String> CATEGORIES = Set.of("ms", "jtmspro", "jtmsbh", "bxx", "gyms", "hotelms");

    private record Ticket(String deviceId, Instant end) {}

    private final World world;
    private final Clock clock;
    private final byte[] apiSecret;
    private final Map<String, Ticket> tickets = new ConcurrentHashMap<>();
    private final AtomicInteger issued = new AtomicInteger();

    private DoorLockEndpoints(World world, Clock clock, String apiSecret) {
        this.world = world;
        this.clock = clock;
        this.apiSecret = apiSecret.getBytes(StandardCharsets.UTF_8);
    }

    static void addTo(Router router, World world, Clock clock, String apiSecret) {
        DoorLockEndpoints endpoints = new DoorLockEndpoints(world, clock, apiSecret);
        router.add("POST", TEMPLATE + "/password-ticket", endpoints::ticket);
        router.add("POST", TEMPLATE + "/password-free/open-door", endpoints::open);
    }

    private JsonNode ticket(Call call) {
        FakeDevice lock = lock(call);
        int number = issued.incrementAndGet();
        String ticketId = "fakeTicket" + number;
        tickets.put(ticketId, new Ticket(lock.id(), clock.instant().plus(LIFETIME)));
        return Json.object()
                .put("expire_time", LIFETIME.toSeconds())
                .put("ticket_id", ticketId)
                .put("ticket_key", encrypt("fakeKey%09d".formatted(number)));
    }

    /** Opens the door. A ticket is valid for one door, once, for five minutes. */
    private JsonNode open(Call call) {
        FakeDevice lock = lock(call);
        @Nullable String ticketId = call.body().path("ticket_id").textValue();
        if (ticketId == null) {
            throw Refusal.missing("ticket_id");
        }
        Ticket ticket = tickets.get(ticketId);
        if (ticket == null
                || !ticket.deviceId().equals(lock.id())
                || ticket.end().isBefore(clock.instant())) {
            throw Refusal.illegal("no such ticket_id");
        }
        if (!lock.online()) {
            throw Refusal.deviceOffline();
        }
        tickets.remove(ticketId);
        return BooleanNode.TRUE;
    }

    private FakeDevice lock(Call call) {
        FakeDevice device = world.require(call.path("id"));
        if (!CATEGORIES.contains(device.product().category())) {
            throw new Refusal(2003, "function not support");
        }
        return device;
    }

    /** Encrypts a ticket key as documented: AES-256 in ECB mode with the access secret, in hex. */
    private String encrypt(String key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/ECB/PKCS5Padding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(apiSecret, "AES"));
            return HexFormat.of().withUpperCase().formatHex(cipher.doFinal(key.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the API secret of the fake cloud must have 32 characters for this call", e);
        }
    }
}
