package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Checks when another thread is woken for waiting messages. */
class DrainCountTest {

    private static final long QUICK = TimeUnit.MICROSECONDS.toNanos(5);
    private static final long SLOW = TimeUnit.MILLISECONDS.toNanos(1);

    private final DrainCount drains = new DrainCount(4, 2);

    @Test
    void drain_whileHandlersAreSlow_startsAsSoonAsAllAreInside() {
        assertThat(drains.reserve(1)).isTrue();
        assertThat(drains.reserve(1))
                .as("the first drain handles this message, too")
                .isFalse();
        for (int i = 1; i < 4; i++) {
            drains.enterHandler();
            assertThat(drains.reserve(1)).isTrue();
        }
        drains.enterHandler();
        assertThat(drains.reserve(1000)).as("no more drains than the maximum").isFalse();
        assertThat(drains.reserveCheck()).isFalse();
    }

    @Test
    void drain_whileHandlersAreQuick_startsOnlyForABacklog() {
        startQuickHandlers();
        drains.enterHandler();

        assertThat(drains.reserve(63)).isFalse();
        assertThat(drains.reserve(64)).isTrue();
        assertThat(drains.reserve(1000))
                .as("no more drains than idle processors")
                .isFalse();
    }

    @Test
    void drain_afterQuickHandlers_startsOnceTheyAreSlow() {
        startQuickHandlers();
        for (int i = 0; i < 5; i++) {
            drains.enterHandler();
            assertThat(drains.reserve(1)).as("after %s slow handlers", i).isFalse();
            drains.leaveHandler(SLOW);
        }
        drains.enterHandler();
        drains.leaveHandler(SLOW);
        drains.enterHandler();

        assertThat(drains.reserve(1)).isTrue();
    }

    @Test
    void check_handlersThatEnded_startsNoDrain() {
        startQuickHandlers();
        drains.enterHandler();
        assertThat(drains.reserveCheck()).isTrue();
        assertThat(drains.reserveCheck()).as("one check is enough").isFalse();
        drains.leaveHandler(QUICK);
        drains.enterHandler();
        drains.check();

        assertThat(drains.reserve(1)).isFalse();
        assertThat(drains.reserveCheck()).isTrue();
    }

    @Test
    void check_handlersThatDoNotEnd_startsOneDrainEachTime() {
        startQuickHandlers();
        drains.enterHandler();
        assertThat(drains.reserveCheck()).isTrue();
        drains.check();

        assertThat(drains.reserve(1)).isTrue();
        drains.enterHandler();
        assertThat(drains.reserve(1)).isFalse();
        assertThat(drains.reserveCheck()).isTrue();
        drains.check();
        assertThat(drains.reserve(1)).isTrue();
    }

    @Test
    void surplusDrain_ofQuickHandlers_endsWhileAnotherContinues() {
        for (int i = 0; i < 3; i++) {
            assertThat(drains.reserve(1)).isTrue();
            drains.enterHandler();
        }
        drains.leaveHandler(QUICK);
        drains.leaveHandler(QUICK);
        assertThat(drains.isSurplus()).as("handlers have been slow until now").isFalse();
        for (int i = 0; i < 20; i++) {
            drains.enterHandler();
            drains.leaveHandler(QUICK);
        }
        assertThat(drains.isSurplus()).isTrue();
        drains.ended();
        assertThat(drains.isSurplus()).as("no more drains than processors").isFalse();
        drains.enterHandler();
        assertThat(drains.reserve(64)).as("as many drains as processors").isFalse();
    }

    @Test
    void rejection_first_isReportedOnce() {
        drains.reserve(1);
        assertThat(drains.rejected()).isTrue();
        assertThat(drains.reserve(1))
                .as("before the executor may be tried again")
                .isFalse();
        assertThat(drains.reserveCheck()).isFalse();
        drains.allowResubmission();
        assertThat(drains.reserve(1)).isTrue();
        assertThat(drains.rejected()).as("a second rejection").isFalse();
        drains.allowResubmission();
        drains.reserve(1);
        drains.enterHandler();
        assertThat(drains.reserve(1)).isTrue();
        assertThat(drains.rejected()).as("while a drain runs").isFalse();
    }

    private void startQuickHandlers() {
        drains.reserve(1);
        for (int i = 0; i < 20; i++) {
            drains.enterHandler();
            drains.leaveHandler(QUICK);
        }
    }
}
