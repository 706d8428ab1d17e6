package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.ApiRequest;
import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import io.github.tuyacloud.exception.CallFailure;
import io.github.tuyacloud.exception.TuyaTransportException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the devices of the users who own the devices named as {@code apiDeviceID}. */
final class OwnerSource implements DeviceSource {

    private final CallPipeline pipeline;
    private final DeviceCalls calls;
    private final List<String> deviceIds;

    /** Who owns which device does not change while a program runs: pairing it anew gives it another id. */
    private final Map<String, String> uidByDevice = new ConcurrentHashMap<>();

    private record OwnerList(List<Map<String, @Nullable Object>> devices, Envelope answer) {}

    OwnerSource(CallPipeline pipeline, DeviceCalls calls, List<String> deviceIds) {
        this.pipeline = pipeline;
        this.calls = calls;
        this.deviceIds = deviceIds;
    }

    @Override
    public DeviceIndex read(TaskScope group, Consumer<Map<String, @Nullable Object>> onNew) {
        List<TaskScope.Member<Optional<String>>> owners =
                deviceIds.stream().map(id -> group.fork(() -> ownerOf(id))).toList();
        group.join();
        List<TaskScope.Member<OwnerList>> lists = owners.stream()
                .flatMap(owner -> owner.result().stream())
                .distinct()
                .map(uid -> group.fork(() -> listOf(uid)))
                .toList();
        if (lists.isEmpty()) {
            throw new TuyaTransportException(
                    CallFailure.builder("GET /v1.0/devices/{id}")
                            .hint("Check apiDeviceID: it must be a device of a linked app account.")
                            .build(),
                    "the answer cannot be used: the cloud names no owner of any device in apiDeviceID",
                    TuyaTransportException.Sent.MAYBE,
                    null);
        }
        group.join();
        DeviceIndex listing = new DeviceIndex();
        for (TaskScope.Member<OwnerList> list : lists) {
            listing.merge(list.result().devices(), onNew);
            listing.lastAnswer(
                    list.result().answer().fields(), list.result().answer().tid());
        }
        return listing;
    }

    private Optional<String> ownerOf(String deviceId) {
        String known = uidByDevice.get(deviceId);
        if (known != null) {
            return Optional.of(known);
        }
        String uid = calls.ownerOf(deviceId);
        if (uid != null) {
            uidByDevice.put(deviceId, uid);
        }
        return Optional.ofNullable(uid);
    }

    private OwnerList listOf(String uid) {
        ApiRequest request = requestFor(uid);
        Envelope answer = pipeline.execute(request);
        return new OwnerList(Results.list(request, answer, DeviceIndex::devicesIn), answer);
    }

    private static ApiRequest requestFor(String uid) {
        try {
            return ApiRequest.get("/v1.0/users/{id}/devices", uid);
        } catch (IllegalArgumentException e) {
            // It is the cloud's, and no mistake of the caller.
            throw new TuyaTransportException(
                    CallFailure.builder("GET /v1.0/devices/{id}").build(),
                    "the answer cannot be used: the uid in it cannot be one",
                    TuyaTransportException.Sent.MAYBE,
                    null);
        }
    }
}
