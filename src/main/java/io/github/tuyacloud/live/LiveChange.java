package io.github.tuyacloud.live;

import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.json.SecretNames;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A change in a living picture. Use {@code switch} or {@code instanceof} to distinguish the kinds of changes. */
public sealed interface LiveChange {

    /**
     * Returns the device concerned.
     *
     * @return the device; null for {@link Resynchronized}
     */
    @Nullable
    LiveDevice device();

    /**
     * Returns the id of the message that reported the change; redeliveries have the same id.
     *
     * @return the id; null if the change was found by reading the devices
     */
    @Nullable
    String messageId();

    /**
     * A device reported a value, or a read of the devices found a different value. Reports of an unchanged value are
     * included, because buttons and meters repeat values.
     *
     * @param device the device
     * @param before the previous value; null if there was none
     * @param after the new value
     * @param messageId the id of the message; null if the value was found by reading
     */
    record ValueUpdate(
            LiveDevice device,
            @Nullable LiveValue before,
            LiveValue after,
            @Nullable String messageId) implements LiveChange {

        /** Checks that the required parts are present. */
        public ValueUpdate {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(after, "after");
        }

        /**
         * Returns the data point's code.
         *
         * @return such as {@code switch_1}
         */
        public String code() {
            return after.code();
        }

        /**
         * Returns whether the value differs from the previous one.
         *
         * @return false if the device repeated the value
         */
        public boolean changed() {
            return before == null || !Objects.equals(before.value(), after.value());
        }

        /** Returns the name, the code and both values: {@code Kitchen plug: switch_1 = true (was false)}. */
        @Override
        public String toString() {
            String was = before == null || !changed()
                    ? ""
                    : " (was " + SecretNames.shown(before.code(), before.text()) + ")";
            return LogSafe.of(device.label() + ": " + after + was);
        }
    }

    /**
     * A device came online or went offline.
     *
     * @param device the device
     * @param online whether it is online now
     * @param time when it happened, or null
     * @param messageId the id of the message; null if it was found by reading
     */
    record OnlineUpdate(
            LiveDevice device,
            boolean online,
            @Nullable Instant time,
            @Nullable String messageId) implements LiveChange {

        /** Checks that the required parts are present. */
        public OnlineUpdate {
            Objects.requireNonNull(device, "device");
        }

        /** Returns the name and the state: {@code Kitchen plug: online}. */
        @Override
        public String toString() {
            return LogSafe.of(device.label() + ": " + (online ? "online" : "offline"));
        }
    }

    /**
     * A device was renamed.
     *
     * @param device the device
     * @param before the previous name, or null
     * @param after the new name
     * @param messageId the id of the message; null if it was found by reading
     */
    record Renamed(
            LiveDevice device,
            @Nullable String before,
            String after,
            @Nullable String messageId) implements LiveChange {

        /** Checks that the required parts are present. */
        public Renamed {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(after, "after");
        }

        /** Returns both names: {@code Kitchen plug: renamed to Coffee machine}. */
        @Override
        public String toString() {
            return LogSafe.of((before == null ? device.id() : before) + ": renamed to " + after);
        }
    }

    /**
     * A device was added to the picture.
     *
     * @param device the device, with its values
     */
    record Added(LiveDevice device) implements LiveChange {

        /** Checks that the device is present. */
        public Added {
            Objects.requireNonNull(device, "device");
        }

        @Override
        public @Nullable String messageId() {
            return null;
        }

        /** Returns the name: {@code Kitchen plug: added}. */
        @Override
        public String toString() {
            return LogSafe.of(device.label() + ": added");
        }
    }

    /**
     * A device was removed from the picture.
     *
     * @param device the device, in its last state
     * @param messageId the id of the message; null if it was found by reading
     */
    record Removed(LiveDevice device, @Nullable String messageId) implements LiveChange {

        /** Checks that the device is present. */
        public Removed {
            Objects.requireNonNull(device, "device");
        }

        /** Returns the name: {@code Kitchen plug: removed}. */
        @Override
        public String toString() {
            return LogSafe.of(device.label() + ": removed");
        }
    }

    /**
     * All devices were read again. Their changes are delivered before this one, except for a device whose listeners are
     * still busy with an earlier change.
     *
     * @param reason why they were read
     * @param differences the number of changes found
     * @param time when they were read
     */
    record Resynchronized(String reason, int differences, Instant time) implements LiveChange {

        /** Checks that the required parts are present. */
        public Resynchronized {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(time, "time");
        }

        @Override
        public @Nullable LiveDevice device() {
            return null;
        }

        @Override
        public @Nullable String messageId() {
            return null;
        }

        /**
         * Returns the reason and the count:
         * {@code All devices were read again (the program requested it): 3 differences}.
         */
        @Override
        public String toString() {
            return LogSafe.of("All devices were read again (" + reason + "): " + differences + " differences");
        }
    }
}
