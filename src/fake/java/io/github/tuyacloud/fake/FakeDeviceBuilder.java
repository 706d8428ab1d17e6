package io.github.tuyacloud.fake;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds a {@link FakeDevice}; what is not said is made up from the id, so that it is the same in every run. */
public final class FakeDeviceBuilder {
    final String id;
    final FakeProduct product;
    final Map<String, Object> status = new LinkedHashMap<>();
    String name;
    String uid = DemoWorld.ALICE;
    boolean online = true;
    String localKey;
    private final String madeUpMac;
    private @Nullable String mac;
    String uuid;

    @Nullable
    String serialNumber;

    @Nullable
    String gatewayId;

    Set<String> sharedWith = Set.of();
    long homeId = DemoWorld.HOME;
    String publicIp = "203.0.113.7";
    Temper temper = Temper.obedient();
    Instant createdAt = Instant.ofEpochSecond(1_669_988_230);

    FakeDeviceBuilder(String id, FakeProduct product) {
        this.id = id;
        this.product = product;
        String digits = sha256(id);
        this.name = product.name();
        this.localKey = digits.substring(0, 16);
        this.madeUpMac = "fc671f" + digits.substring(16, 22);
        this.uuid = digits.substring(24, 40);
        this.serialNumber = "1001" + digits.substring(40, 52);
    }

    /** The account that owns it; {@link DemoWorld#ALICE} unless set. */
    public FakeDeviceBuilder uid(String owner) {
        this.uid = owner;
        return this;
    }

    /** The name that its owner gave it; that of the product unless set. */
    public FakeDeviceBuilder name(String deviceName) {
        this.name = deviceName;
        return this;
    }

    /** Whether the cloud can reach it; it can unless set. */
    public FakeDeviceBuilder online(boolean isOnline) {
        this.online = isOnline;
        return this;
    }

    /** The key to its local protocol. */
    public FakeDeviceBuilder localKey(String sixteenCharacters) {
        this.localKey = sixteenCharacters;
        return this;
    }

    /** Hex digits; colons are left out. */
    public FakeDeviceBuilder mac(String address) {
        this.mac = address.replace(":", "");
        return this;
    }

    /** The id of its hardware. */
    public FakeDeviceBuilder uuid(String hardwareId) {
        this.uuid = hardwareId;
        return this;
    }

    /** The serial number; null for a device of which the cloud knows none. */
    public FakeDeviceBuilder serialNumber(@Nullable String number) {
        this.serialNumber = number;
        return this;
    }

    /** Makes it a sub-device of this gateway, with the longer hardware address of its radio. */
    public FakeDeviceBuilder gatewayId(String gateway) {
        this.gatewayId = gateway;
        return this;
    }

    /** The home that it is in; {@link DemoWorld#HOME} unless set. */
    public FakeDeviceBuilder homeId(long home) {
        this.homeId = home;
        return this;
    }

    /** Shares it with further users: their lists show it to those who ask for shared devices only. */
    public FakeDeviceBuilder sharedWith(String... users) {
        this.sharedWith = Set.of(users);
        return this;
    }

    /** The address that the cloud sees; sub-devices show none. */
    public FakeDeviceBuilder publicIp(String address) {
        this.publicIp = address;
        return this;
    }

    /** When it was paired. */
    public FakeDeviceBuilder createdAt(Instant time) {
        this.createdAt = time;
        return this;
    }

    /**
     * Sets how it takes commands; {@link Temper#obedient()} unless set.
     *
     * @param howItBehaves how it behaves
     * @return this builder
     */
    public FakeDeviceBuilder temper(Temper howItBehaves) {
        this.temper = Objects.requireNonNull(howItBehaves, "howItBehaves");
        return this;
    }

    /** A value to start with; it need not be a data point of the product. */
    public FakeDeviceBuilder status(String code, Object value) {
        this.status.put(code, value);
        return this;
    }

    /** The device as described so far; it is in no cloud yet. */
    public FakeDevice build() {
        return new FakeDevice(this);
    }

    /** What was set, or else made up: for a sub-device the address of its radio. */
    String mac() {
        if (mac != null) {
            return mac;
        }
        return gatewayId == null ? madeUpMac : uuid;
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }
}
