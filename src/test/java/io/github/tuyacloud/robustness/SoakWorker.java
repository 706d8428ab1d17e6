package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.fake.FakeTuyaCloud;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceLogQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One thread of the soak test: reads, checks the results, and sends commands to a device that no other thread uses. */
final class SoakWorker {

    private static final String COUNTER = "countdown_1";
    private static final int COUNTER_END = 86_400;

    /** The reads, whose results never change; frequent ones are listed several times. */
    private static final List<Function<TuyaCloud, Object>> READS = List.of(
            cloud -> cloud.getFunctions(CloudCall.LOGGED),
            cloud -> cloud.getStatus(CloudCall.LOGGED),
            cloud -> cloud.getConnectStatus(CloudCall.LOGGED),
            cloud -> cloud.getDps(CloudCall.DEVICE),
            cloud -> cloud.getProperties(CloudCall.DEVICE),
            cloud -> cloud.getDeviceLog(
                    CloudCall.LOGGED, DeviceLogQuery.builder().size(5).build()),
            cloud -> String.valueOf(cloud.cloudRequest("/v1.0/iot-03/devices/" + CloudCall.LOGGED + "/status")
                    .asMap()
                    .get("result")),
            // The last ones take many requests, so they are rare.
            cloud -> cloud.streamDeviceLog(
                            CloudCall.LOGGED, DeviceLogQuery.builder().build())
                    .limit(130)
                    .toList(),
            cloud -> cloud.getDevices().stream().map(Object::toString).toList());

    private static final int COMMON = 7;

    private final FakeTuyaCloud fake;
    private final TuyaCloud cloud;
    private final String own;
    private final Random random;
    private final List<Object> right = new ArrayList<>();
    private volatile long calls;
    private volatile long failures;
    private int sent;

    SoakWorker(FakeTuyaCloud fake, TuyaCloud cloud, String own, long seed) {
        this.fake = fake;
        this.cloud = cloud;
        this.own = own;
        this.random = new Random(seed);
    }

    void learnRightResponses() {
        READS.forEach(read -> right.add(read.apply(cloud)));
    }

    /** Works until the time has passed and all threads together have made the given number of calls. */
    void work(long endNanos, long leastCalls) {
        while (calls < leastCalls || System.nanoTime() < endNanos) {
            calls++;
            int dice = random.nextInt(1000);
            if (dice < 200) {
                command();
            } else {
                read(dice < 997 ? random.nextInt(COMMON) : COMMON + random.nextInt(READS.size() - COMMON));
            }
            if (random.nextInt(20_000) == 0) {
                fake.expireTokens();
            }
        }
    }

    long calls() {
        return calls;
    }

    long failures() {
        return failures;
    }

    private void read(int which) {
        try {
            assertThat(READS.get(which).apply(cloud)).as("read %d", which).isEqualTo(right.get(which));
        } catch (TuyaException e) {
            note(e);
        }
    }

    /** Sends the next number: afterwards the device has either that number or the one before. */
    private void command() {
        Object before = counter();
        sent = sent % COUNTER_END + 1;
        try {
            assertThat(cloud.sendCommand(own, Command.of(COUNTER, sent))).isTrue();
            assertThat(counter()).as("after a command").isEqualTo((long) sent);
        } catch (TuyaApiException e) {
            note(e);
            assertThat(counter()).as("after a refusal").isEqualTo(before);
        } catch (TuyaTransportException e) {
            note(e);
            if (e.sent() == Sent.NO) {
                assertThat(counter()).as("after a command that was not sent").isEqualTo(before);
            } else {
                assertThat(counter())
                        .as("after a command that may have been sent")
                        .isIn(before, (long) sent);
            }
        }
    }

    private @Nullable Object counter() {
        Object value = fake.device(own).status(COUNTER);
        return value instanceof Number number ? number.longValue() : value;
    }

    /** Records a failure. All three retries may hit a fault; a failure that no retry can fix is a bug. */
    private void note(TuyaException e) {
        failures++;
        assertThat(e.retryable() || e.code() == 1010).as(e.getMessage()).isTrue();
    }
}
