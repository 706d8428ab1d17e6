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

/**
 * Builds a {@link FakeDevice}. Properties that are not set are derived from the id and are therefore the same in every
 * run.
 */
public final class FakeDeviceBuilder {
    final String id;
    final FakeProduct product;
    final Map<String, Object> status = new LinkedHashMap<>();
    String name;
    String uid = DemoWorld.ALICE;
    boolean online = true;
    String localKey;
    private final String derivedMac;
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
        this.derivedMac = "fc671f" + digits.substring(16, 22);
        this.uuid = digits.substring(24, 40);
        this.serialNumber = "1001" + digits.substring(40, 52);
    }

    /**
     * Sets the account that owns it; {@link DemoWorld#ALICE} by default.
     *
     * @param owner the uid of the account
     * @return this builder
     */
    public FakeDeviceBuilder uid(String owner) {
        this.uid = owner;
        return this;
    }

    /**
     * Sets its name; that of the product by default.
     *
     * @param deviceName the name given by its owner
     * @return this builder
     */
    public FakeDeviceBuilder name(String deviceName) {
        this.name = deviceName;
        return this;
    }

    /**
     * Sets whether the cloud can reach it; true by default.
     *
     * @param isOnline whether it is online
     * @return this builder
     */
    public FakeDeviceBuilder online(boolean isOnline) {
        this.online = isOnline;
        return this;
    }

    /**
     * Sets the key to its local protocol.
     *
     * @param sixteenCharacters the local key
     * @return this builder
     */
    public FakeDeviceBuilder localKey(String sixteenCharacters) {
        this.localKey = sixteenCharacters;
        return this;
    }

    /**
     * Sets the hardware address. Colons are removed.
     *
     * @param address hex digits, with or without colons
     * @return this builder
     */
    public FakeDeviceBuilder mac(String address) {
        this.mac = address.replace(":", "");
        return this;
    }

    /**
     * Sets the UUID of its hardware.
     *
     * @param hardwareId the UUID
     * @return this builder
     */
    public FakeDeviceBuilder uuid(String hardwareId) {
        this.uuid = hardwareId;
        return this;
    }

    /**
     * Sets the serial number.
     *
     * @param number the serial number; null if the cloud does not know it
     * @return this builder
     */
    public FakeDeviceBuilder serialNumber(@Nullable String number) {
        this.serialNumber = number;
        return this;
    }

    /**
     * Sets the gateway, which makes it a sub-device with the longer hardware address of its radio.
     *
     * @param gateway the id of the gateway
     * @return this builder
     */
    public FakeDeviceBuilder gatewayId(String gateway) {
        this.gatewayId = gateway;
        return this;
    }

    /**
     * Sets the home that it is in; {@link DemoWorld#HOME} by default.
     *
     * @param home the number of the home
     * @return this builder
     */
    public FakeDeviceBuilder homeId(long home) {
        this.homeId = home;
        return this;
    }

    /**
     * Sets the users with whom it is shared. Their lists contain it only if shared devices are requested.
     *
     * @param users the uids of the users
     * @return this builder
     */
    public FakeDeviceBuilder sharedWith(String... users) {
        this.sharedWith = Set.of(users);
        return this;
    }

    /**
     * Sets the public address, as the cloud sees it. Responses contain none for sub-devices.
     *
     * @param address the public IP address
     * @return this builder
     */
    public FakeDeviceBuilder publicIp(String address) {
        this.publicIp = address;
        return this;
    }

    /**
     * Sets when it was paired.
     *
     * @param time the time
     * @return this builder
     */
    public FakeDeviceBuilder createdAt(Instant time) {
        this.createdAt = time;
        return this;
    }

    /**
     * Sets how it handles commands; {@link Temper#obedient()} by default.
     *
     * @param howItBehaves how it behaves
     * @return this builder
     */
    public FakeDeviceBuilder temper(Temper howItBehaves) {
        this.temper = Objects.requireNonNull(howItBehaves, "howItBehaves");
        return this;
    }

    /**
     * Adds an initial value. It need not be for a data point of the product.
     *
     * @param code the code
     * @param value the value as plain Java
     * @return this builder
     */
    public FakeDeviceBuilder status(String code, Object value) {
        this.status.put(code, value);
        return this;
    }

    /**
     * Returns the device. {@link FakeTuyaCloud#addDevice} adds it to a cloud.
     *
     * @return a new device
     */
    public FakeDevice build() {
        return new FakeDevice(this);
    }

    /** Returns the hardware address that was set or derived; for a sub-device that of its radio. */
    String mac() {
        if (mac != null) {
            return mac;
        }
        return gatewayId == null ? derivedMac : uuid;
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
