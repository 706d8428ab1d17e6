package io.github.tuyacloud.picture;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.exception.TuyaInterruptedException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.LogSafe;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.operation.CommandRequest;
import io.github.tuyacloud.operation.Results;
import io.github.tuyacloud.operation.Writes;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Sends commands and determines their outcome from reports and, if those do not suffice in time, from one status read.
 */
final class Sender implements PictureContext.CommandSender {

    private static final String STATUS = "/v1.0/iot-03/devices/{id}/status";

    private final CallPipeline pipeline;
    private final ServerTime time;
    private final CallAllowance calls;
    private final BooleanSupplier isLive;
    private final Set<Confirmation> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Sender(CallPipeline pipeline, ServerTime time, CallAllowance calls, BooleanSupplier isLive) {
        this.pipeline = pipeline;
        this.time = time;
        this.calls = calls;
        this.isLive = isLive;
    }

    @Override
    public CommandOutcome send(DevicePicture device, Duration timeout, List<Command> commands) {
        ApiRequest request = CommandRequest.of(device.id(), commands).request();
        if (timeout.isNegative()) {
            throw new IllegalArgumentException("timeout must not be negative: " + LogSafe.duration(timeout));
        }
        boolean live = isLive.getAsBoolean();
        ServerTime.Moment start = time.moment();
        Confirmation confirmation = new Confirmation(commands, time.now(), device);
        device.add(confirmation);
        waiting.add(confirmation);
        try {
            if (closed) { // checked after registration, otherwise close() could miss this one
                throw new IllegalStateException("The picture is closed");
            }
            TuyaException failure = post(request);
            if (failure == null) {
                confirmation.sentAt(time.at(start));
            }
            if (live) {
                confirmation.trustPicture();
            }
            await(confirmation, timeout, request.operation());
            int requests = 1 + (confirmation.isOpen() ? read(device, live) : 0);
            return new CommandOutcome(
                    confirmation.outcome(device::live),
                    failure == null ? CommandOutcome.Sent.YES : CommandOutcome.Sent.MAYBE,
                    failure,
                    time.since(start),
                    requests);
        } finally {
            waiting.remove(confirmation);
            device.remove(confirmation);
        }
    }

    /** Sends the commands. Returns the failure if the response was lost, otherwise null. */
    private @Nullable TuyaException post(ApiRequest request) {
        calls.count(1, false);
        try {
            Writes.send(pipeline, request, this::accepted);
            return null;
        } catch (TuyaException e) {
            calls.failed(e, false);
            boolean lost = e instanceof TuyaTransportException t && t.sent() == Sent.MAYBE;
            if (lost && !(e instanceof TuyaInterruptedException)) {
                return e;
            }
            throw e;
        }
    }

    private boolean accepted(Envelope response) {
        time.learn(response.serverTime());
        return ResultReader.flag().read(response);
    }

    private static void await(Confirmation confirmation, Duration timeout, String operation) {
        try {
            confirmation.await(timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TuyaInterruptedException(
                    CallFailure.builder(operation).build(),
                    "the thread was interrupted while waiting for the device's report",
                    Sent.MAYBE,
                    e);
        }
    }

    /** Reads the status into the picture, which also updates the confirmation. Returns the number of calls. */
    private int read(DevicePicture device, boolean wasLive) {
        calls.count(1, false);
        try {
            ServerTime.Moment start = time.moment();
            DeviceStatus status = pipeline.call(ApiRequest.get(STATUS, device.id()), this::status);
            device.read(status, time.at(start), wasLive ? Expectation.COMMAND : Expectation.NONE);
            device.deliverReadChanges();
        } catch (TuyaException e) {
            int counted = calls.failed(e, false);
            if (e instanceof TuyaInterruptedException) {
                throw e;
            }
            return counted; // values that cannot be read remain unconfirmed
        } catch (IllegalStateException e) {
            // The client was closed: the values remain unconfirmed.
        }
        return 1;
    }

    private DeviceStatus status(Envelope response) {
        time.learn(response.serverTime());
        return Results.status(response);
    }

    /** Ends all waits. */
    void close() {
        closed = true;
        waiting.forEach(Confirmation::abort);
    }
}
