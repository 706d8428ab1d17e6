package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Closed;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.LiveDevices;
import io.github.tuyacloud.live.LiveDevicesBuilder;
import io.github.tuyacloud.messages.MessageHandler;
import io.github.tuyacloud.messages.MessageSubscription;
import io.github.tuyacloud.messages.SubscriptionOptions;
import io.github.tuyacloud.operation.Mappings;
import io.github.tuyacloud.operation.WorkerPool;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the living pictures of one client, and closes the running ones with the client; thread-safe. */
public final class Pictures implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    /** The message service keeps messages for two hours; this leaves a margin. */
    public static final Duration MAX_SILENCE = Duration.ofMinutes(110);

    /** The monthly number of requests in the trial plan. */
    private static final long TRIAL_MONTH = 26_000;

    private static final Duration MONTH = Duration.ofDays(30);

    private final Tools tools;
    private final Set<LivePicture> running = new HashSet<>();
    private boolean closed;

    /** Subscribes to the message service. */
    @FunctionalInterface
    public interface Subscriber {

        /** Starts a subscription, as {@code cloud.messages().subscribe} does. */
        MessageSubscription subscribe(MessageHandler handler, SubscriptionOptions options);
    }

    /**
     * The dependencies of pictures.
     *
     * @param pipeline sends requests
     * @param workers runs concurrent requests
     * @param mappings fetches mappings
     * @param apiDeviceIds the devices whose owners' devices are listed; empty for all linked accounts
     * @param subscriber subscribes to the message service
     * @param clock the local clock
     * @param nanoTime the monotonic clock
     * @param monthlyBudget the client's budget
     * @param maxListSize the maximum number of devices in a list
     * @param maxSilence the time without data from the message service after which messages may have been lost
     */
    public record Tools(
            CallPipeline pipeline,
            WorkerPool workers,
            Mappings mappings,
            List<String> apiDeviceIds,
            Subscriber subscriber,
            Clock clock,
            LongSupplier nanoTime,
            long monthlyBudget,
            int maxListSize,
            Duration maxSilence) {}

    public Pictures(Tools tools) {
        this.tools = tools;
    }

    /** Returns a builder for a picture. */
    public LiveDevicesBuilder builder() {
        return new PictureBuilder(this);
    }

    LiveDevices start(LiveOptions options) {
        if (options.every() != null) {
            warnAboutCost(options.every());
        }
        LivePicture picture = new LivePicture(tools, options, this::forget);
        synchronized (running) {
            if (closed) {
                throw Closed.client();
            }
            running.add(picture);
        }
        picture.begin();
        return picture;
    }

    private void warnAboutCost(Duration every) {
        long readings = MONTH.dividedBy(every);
        long limit = Math.min(tools.monthlyBudget(), TRIAL_MONTH);
        if (readings > limit) {
            LogSafe.warn(
                    LOG,
                    "Reading the devices every {} takes at least {} calls a month, more than the {} of {}",
                    every,
                    readings,
                    limit,
                    limit == TRIAL_MONTH ? "a trial plan" : "monthlyBudget");
        }
    }

    /** Closes all pictures. */
    @Override
    public void close() {
        List<LivePicture> ending;
        synchronized (running) {
            closed = true;
            ending = List.copyOf(running);
        }
        ending.forEach(LivePicture::close);
    }

    private void forget(LivePicture picture) {
        synchronized (running) {
            running.remove(picture);
        }
    }
}
