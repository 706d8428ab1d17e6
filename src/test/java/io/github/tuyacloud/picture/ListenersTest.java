package io.github.tuyacloud.picture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.live.LiveChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the delivery of changes: a listener that throws receives them again, other listeners do not. */
class ListenersTest {

    private static final List<LiveChange> CHANGES = List.of(change("one"), change("two"), change("three"));

    private final Listeners listeners = new Listeners();
    private final List<String> good = new ArrayList<>();
    private final List<String> bad = new ArrayList<>();

    @Test
    void listener_throwingOnce_receivesTheRestAgain() {
        int[] failures = {1};
        listeners.add(change -> good.add(text(change)), null);
        listeners.add(
                change -> {
                    bad.add(text(change));
                    if (text(change).equals("two") && failures[0]-- > 0) {
                        throw new IllegalStateException("not now");
                    }
                },
                null);
        ChangeBatch batch = listeners.batch(CHANGES);

        assertThat(listeners.deliver(batch)).isFalse();
        assertThat(batch.failure()).hasMessage("not now");
        assertThat(listeners.deliver(batch)).isTrue();

        assertThat(good).containsExactly("one", "two", "three");
        assertThat(bad).containsExactly("one", "two", "two", "three");
        assertThat(listeners.failures()).isOne();
    }

    @Test
    void listener_alwaysThrowing_isSkippedAfterThreeAttempts() {
        listeners.add(
                change -> {
                    bad.add(text(change));
                    throw new IllegalStateException("never");
                },
                null);
        ChangeBatch batch = listeners.batch(CHANGES);

        assertThat(listeners.deliver(batch)).isFalse();
        assertThat(listeners.deliver(batch)).isFalse();
        assertThat(listeners.deliver(batch)).isTrue();
        assertThat(bad).containsExactly("one", "one", "one");
    }

    @Test
    void listener_skipped_blocksNothingUntilItSucceeds() {
        boolean[] works = {false};
        listeners.add(
                change -> {
                    if (!works[0]) {
                        throw new IllegalStateException("down");
                    }
                },
                null);
        listeners.deliverNow(listeners.batch(CHANGES));

        assertThat(listeners.deliver(listeners.batch(CHANGES)))
                .as("one try only")
                .isTrue();
        works[0] = true;
        assertThat(listeners.deliver(listeners.batch(CHANGES))).isTrue();
        works[0] = false;
        assertThat(listeners.deliver(listeners.batch(CHANGES)))
                .as("tries again")
                .isFalse();
    }

    @Test
    void listener_removed_receivesNothing() {
        listeners.add(change -> bad.add(text(change)), null).close();

        listeners.deliverNow(listeners.batch(CHANGES));

        assertThat(bad).isEmpty();
    }

    @Test
    void listener_ofOneDevice_receivesOnlyItsChanges() {
        PictureFixture picture = new PictureFixture("switch_1", false);
        listeners.add(change -> good.add(change.toString()), picture.device);

        listeners.deliverNow(listeners.batch(List.of(new LiveChange.Added(picture.device), CHANGES.get(0))));

        assertThat(good).containsExactly("Plug: added");
    }

    private static LiveChange change(String reason) {
        return new LiveChange.Resynchronized(reason, 0, Instant.EPOCH);
    }

    private static String text(LiveChange change) {
        return ((LiveChange.Resynchronized) change).reason();
    }
}
