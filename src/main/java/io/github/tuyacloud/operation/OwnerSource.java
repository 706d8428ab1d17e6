package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.engine.ResultReader;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaApiException;
import io.github.tuyacloud.exception.TuyaAuthException;
import io.github.tuyacloud.exception.TuyaQuotaException;
import io.github.tuyacloud.exception.TuyaTransportException;
import io.github.tuyacloud.exception.TuyaTransportException.Sent;
import io.github.tuyacloud.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the devices of the users who own the devices in {@code apiDeviceID}. */
final class OwnerSource implements DeviceSource {

    private static final String DEVICE = "/v1.0/devices/{id}";

    private final CallPipeline pipeline;
    private final List<String> deviceIds;

    /** A device keeps its owner as long as it keeps its id: pairing it again gives it a new one. */
    private final Map<String, String> uidByDevice;

    private record OwnerList(List<Map<String, @Nullable Object>> devices, Envelope answer) {}

    OwnerSource(CallPipeline pipeline, List<String> deviceIds) {
        this(pipeline, deviceIds, new ConcurrentHashMap<>());
    }

    private OwnerSource(CallPipeline pipeline, List<String> deviceIds, Map<String, String> uidByDevice) {
        this.pipeline = pipeline;
        this.deviceIds = deviceIds;
        this.uidByDevice = uidByDevice;
    }

    @Override
    public DeviceSource over(CallPipeline view) {
        return new OwnerSource(view, deviceIds, uidByDevice);
    }

    @Override
    public DeviceIndex read(TaskScope scope, Consumer<Map<String, @Nullable Object>> onNew) {
        List<TaskScope.Task<Optional<String>>> owners =
                deviceIds.stream().map(id -> scope.fork(() -> ownerOf(id))).toList();
        scope.join();
        List<TaskScope.Task<OwnerList>> lists = owners.stream()
                .flatMap(owner -> owner.result().stream())
                .distinct()
                .map(uid -> scope.fork(() -> listOf(uid)))
                .toList();
        if (lists.isEmpty()) {
            throw unusable(
                    "the cloud names no owner of any device in apiDeviceID",
                    "Check apiDeviceID: it must be a device of a linked app account.");
        }
        scope.join();
        DeviceIndex index = new DeviceIndex();
        for (TaskScope.Task<OwnerList> list : lists) {
            index.merge(list.result().devices(), onNew);
            Envelope answer = list.result().answer();
            index.lastAnswer(answer.fields(), answer.tid());
        }
        return index;
    }

    private Optional<String> ownerOf(String deviceId) {
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
            CallFailure failure = CallFailure.builder(e.operation())
                    .httpStatus(e.httpStatus())
                    .code(e.codeText())
                    .message(e.apiMessage())
                    .tid(e.tid())
                    .attempts(e.attempts())
                    .retryable(e.retryable())
                    .hint(
                            "This was the look-up of the owner of apiDeviceID: remove apiDeviceID to list all linked accounts, or "
                                    + "check that it is the id of a device of a linked account."
                                    + (e.hint() == null ? "" : " " + e.hint()))
                    .build();
            TuyaApiException explained = e instanceof TuyaAuthException
                    ? new TuyaAuthException(failure)
                    : new TuyaApiException(failure, e.sent());
            Arrays.stream(e.getSuppressed()).forEach(explained::addSuppressed);
            throw explained;
        }
    }

    private OwnerList listOf(String uid) {
        ResultReader<List<Map<String, @Nullable Object>>> devices = ResultReader.list(DeviceIndex::devicesIn);
        return pipeline.call(requestFor(uid), answer -> new OwnerList(devices.read(answer), answer));
    }

    private static ApiRequest requestFor(String uid) {
        try {
            return ApiRequest.get("/v1.0/users/{id}/devices", uid);
        } catch (IllegalArgumentException e) {
            // The uid comes from the cloud, so a malformed one is not the caller's mistake.
            throw unusable("the uid in it is malformed", null);
        }
    }

    private static TuyaTransportException unusable(String problem, @Nullable String hint) {
        return new TuyaTransportException(
                CallFailure.builder("GET " + DEVICE).hint(hint).build(),
                "the answer cannot be used: " + problem,
                Sent.MAYBE,
                null);
    }
}
