package io.github.tuyacloud.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.FakeDevice;
import io.github.tuyacloud.fake.FakeTuyaCloudBuilder;
import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.live.CommandOutcome.Result;
import io.github.tuyacloud.model.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Sends many commands to fake devices of every temper and loses responses at random: each outcome must match the value
 * of the device, and no command may be carried out twice.
 *
 * <p>Each thread sends one command with a random timeout. If a message arrives after the timeout, the read at the end
 * decides instead, so a busy machine changes which of the two decides, but not the outcome.
 *
 * <p>{@code -DlivePicture.commands=10000} makes a longer run, {@code -DlivePicture.seed} another one.
 */
class LiveOutcomesTest extends LiveFixture {

    private static final int COMMANDS = Integer.getInteger("livePicture.commands", 2_000);
    private static final long SEED = Long.getLong("livePicture.seed", 20_240_301L);
    private static final int THREADS = 16;
    private static final int DEVICES = 160;
    private static final int MAX_TIMEOUT_MILLIS = 40;

    private final Map<Result, AtomicInteger> results = Map.of(
            Result.CONFIRMED, new AtomicInteger(),
            Result.ALREADY_SO, new AtomicInteger(),
            Result.OTHER_VALUE, new AtomicInteger(),
            Result.UNCONFIRMED, new AtomicInteger());

    @Override
    protected FakeTuyaCloudBuilder fakeBuilder() {
        return super.fakeBuilder().empty();
    }

    @Test
    void outcomes_ofDevicesOfEveryTemper_matchTheirValues() throws Exception {
        System.out.println("commands of the living picture, seed " + SEED);
        fake.seed(1, 2, DEVICES);
        List<FakeDevice> devices = fake.devices();
        Random tempers = new Random(SEED);
        devices.forEach(device -> device.setOnline(true).setTemper(temper(tempers.nextInt(8))));
        started(cloud.live().messages(messageOptions()));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Random> randoms = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                randoms.add(new Random(SEED + t));
            }
            for (int i = 0; i < COMMANDS / THREADS; i++) {
                List<Future<?>> runs = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    Random random = randoms.get(t);
                    List<FakeDevice> own = devices.subList(t * DEVICES / THREADS, (t + 1) * DEVICES / THREADS);
                    runs.add(threads.submit(() -> sendTo(own, random)));
                }
                for (Future<?> run : runs) {
                    run.get();
                }
                until(() -> fake.messages().unacknowledged() == 0);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("seed " + SEED, e.getCause());
        } finally {
            threads.shutdownNow();
        }
        assertThat(results.values()).as("%s", results).allMatch(count -> count.get() > 0);
    }

    private static Temper temper(int kind) {
        Temper temper = Temper.obedient();
        return switch (kind) {
            case 0 -> temper.clamping("bright_value_v2", 10, 500).clamping("countdown_1", 0, 500);
            case 1 -> temper.ignoringCommands();
            case 2 -> temper.ignoringCommands().reportingNothing();
            case 3 -> temper.reportingNothing();
            case 4 -> temper.clockOff(Duration.ofHours(-2));
            case 5 -> temper.clockUnset();
            case 6 -> temper.reportingTwice();
            default -> temper;
        };
    }

    private void sendTo(List<FakeDevice> devices, Random random) {
        FakeDevice device = devices.get(random.nextInt(devices.size()));
        String code = device.status().containsKey("switch_1")
                ? (random.nextBoolean() ? "switch_1" : "countdown_1")
                : (random.nextBoolean() ? "switch_led" : "bright_value_v2");
        Object value = code.startsWith("switch") ? random.nextBoolean() : (Object) (10 + random.nextInt(990));
        int kind = random.nextInt(20);
        if (kind < 2) {
            fake.on("POST", "/v1.0/iot-03/devices/{id}/commands")
                    .fail(kind == 0 ? Fault.loseResponse() : Fault.disconnect())
                    .times(1);
        }
        time.advance(Duration.ofMillis(20));
        send(device, Command.of(code, value), Duration.ofMillis(random.nextInt(MAX_TIMEOUT_MILLIS)));
    }

    private void send(FakeDevice device, Command command, Duration timeout) {
        Object before = device.status(command.code());
        int carriedOut = device.commands().size();

        CommandOutcome outcome = home.device(device.id()).orElseThrow().send(timeout, command);

        String held = String.valueOf(device.status(command.code()));
        boolean holds = held.equals(String.valueOf(command.value()));
        assertThat(outcome.holds())
                .as("%s: %s, before %s, held %s", device.id(), outcome, before, held)
                .isEqualTo(holds);
        if (!holds && outcome.result() == Result.UNCONFIRMED) {
            assertThat(held).as("nothing has changed").isEqualTo(String.valueOf(before));
        }
        assertThat(device.commands().size() - carriedOut).as("carried out").isLessThanOrEqualTo(1);
        results.get(outcome.result()).incrementAndGet();
    }
}
