package io.github.tuyacloud.picture;

import io.github.tuyacloud.live.LiveChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Something read or reported that is applied to one device according to {@link Ordering}: computes the next snapshot
 * and collects the changes for listeners. Used once.
 */
abstract class SnapshotUpdate {

    private final DevicePicture device;
    private final List<LiveChange> changes = new ArrayList<>();
    private final List<Consumer<Confirmation>> confirming = new ArrayList<>();

    SnapshotUpdate(DevicePicture device) {
        this.device = device;
    }

    /** Returns the next snapshot; called under the device's lock. */
    abstract Snapshot applyTo(Snapshot before);

    /** Returns the changes, in order. */
    final List<LiveChange> changes() {
        return changes;
    }

    /** Passes the new values to the commands that wait for them. */
    final void confirm(Collection<Confirmation> waiting) {
        waiting.forEach(confirmation -> confirming.forEach(value -> value.accept(confirmation)));
    }

    final DevicePicture device() {
        return device;
    }

    final PictureContext context() {
        return device.context();
    }

    final void changed(LiveChange change) {
        changes.add(change);
    }

    /** Adds the change of a value. */
    final void valueChanged(String code, @Nullable Point before, Point after, @Nullable String messageId) {
        changed(new LiveChange.ValueUpdate(
                device, before == null ? null : device.live(code, before), device.live(code, after), messageId));
    }

    /** Adds a consumer that passes the new value to waiting commands. */
    final void confirming(Consumer<Confirmation> value) {
        confirming.add(value);
    }
}
