package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.JsonValues;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Caches the owners of the devices in {@code apiDeviceID}; safe for use by multiple threads. */
final class Owners {

    private static final String DEVICE = "/v1.0/devices/{id}";

    private final CallPipeline pipeline;

    /** Cached without limit in time, because a device gets a new id when it is paired with another account. */
    private final Map<String, String> uidByDevice;

    Owners(CallPipeline pipeline) {
        this(pipeline, new ConcurrentHashMap<>());
    }

    private Owners(CallPipeline pipeline, Map<String, String> uidByDevice) {
        this.pipeline = pipeline;
        this.uidByDevice = uidByDevice;
    }

    /** Returns an instance with the same cache that uses another pipeline. */
    Owners withPipeline(CallPipeline view) {
        return new Owners(view, uidByDevice);
    }

    /** Returns whether the owner is cached, so that {@link #of} sends no request. */
    boolean isKnown(String deviceId) {
        return uidByDevice.containsKey(deviceId);
    }

    /** Returns the owner of a device; empty if the cloud does not name one. */
    Optional<String> of(String deviceId) {
        String known = uidByDevice.get(deviceId);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<String> owner = lookUp(deviceId);
        owner.ifPresent(uid -> uidByDevice.put(deviceId, uid));
        return owner;
    }

    private Optional<String> lookUp(String deviceId) {
        try {
            return pipeline.call(ApiRequest.get(DEVICE, deviceId), ResultReader.object(device -> Optional.ofNullable(
                            JsonValues.text(device.get("uid")))
                    .filter(uid -> !uid.isBlank())));
        } catch (TuyaQuotaException e) {
            throw e;
        } catch (TuyaApiException e) {
            throw explained(e);
        }
    }

    private static TuyaApiException explained(TuyaApiException e) {
        CallFailure failure = CallFailure.builder(e.operation())
                .httpStatus(e.httpStatus())
                .code(e.codeText())
                .message(e.apiMessage())
                .tid(e.tid())
                .attempts(e.attempts())
                .retryable(e.retryable())
                .hint(
                        "This call looked up the owner of apiDeviceID: remove apiDeviceID to list all linked accounts, or "
                                + "check that it is the id of a device of a linked account."
                                + (e.hint() == null ? "" : " " + e.hint()))
                .build();
        TuyaApiException explained = e instanceof TuyaAuthException
                ? new TuyaAuthException(failure)
                : new TuyaApiException(failure, e.sent());
        Arrays.stream(e.getSuppressed()).forEach(explained::addSuppressed);
        return explained;
    }

    /** Returns the request for an owner's devices. */
    static ApiRequest devicesOf(String uid) {
        try {
            return ApiRequest.get("/v1.0/users/{id}/devices", uid);
        } catch (IllegalArgumentException e) {
            // The malformed uid came from the cloud, not from the caller.
            throw unusable("the uid in it is malformed", null);
        }
    }

    /** Returns the exception for devices without a known owner. */
    static TuyaTransportException unknown() {
        return unusable(
                "the cloud did not name an owner for any device in apiDeviceID",
                "Check apiDeviceID: it must be a device of a linked app account.");
    }

    private static TuyaTransportException unusable(String problem, @Nullable String hint) {
        return new TuyaTransportException(
                CallFailure.builder("GET " + DEVICE).hint(hint).build(),
                "the response cannot be used: " + problem,
                Sent.MAYBE,
                null);
    }
}
