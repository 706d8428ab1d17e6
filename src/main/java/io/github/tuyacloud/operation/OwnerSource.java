package io.github.tuyacloud.operation;

import io.github.tuyacloud.engine.CallPipeline;
import io.github.tuyacloud.engine.Envelope;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Lists the devices of the users who own the devices in {@code apiDeviceID}. */
final class OwnerSource implements DeviceSource {

    private final CallPipeline pipeline;
    private final List<String> deviceIds;
    private final Owners owners;

    private record OwnerList(List<Map<String, @Nullable Object>> devices, Envelope response) {}

    OwnerSource(CallPipeline pipeline, List<String> deviceIds) {
        this(pipeline, deviceIds, new Owners(pipeline));
    }

    private OwnerSource(CallPipeline pipeline, List<String> deviceIds, Owners owners) {
        this.pipeline = pipeline;
        this.deviceIds = deviceIds;
        this.owners = owners;
    }

    @Override
    public DeviceSource withPipeline(CallPipeline view) {
        return new OwnerSource(view, deviceIds, owners.withPipeline(view));
    }

    @Override
    public DeviceIndex read(TaskScope scope, Consumer<Map<String, @Nullable Object>> onNew) {
        List<TaskScope.Task<Optional<String>>> found =
                deviceIds.stream().map(id -> scope.fork(() -> owners.of(id))).toList();
        scope.join();
        List<TaskScope.Task<OwnerList>> lists = found.stream()
                .flatMap(owner -> owner.result().stream())
                .distinct()
                .map(uid -> scope.fork(() -> listOf(uid)))
                .toList();
        if (lists.isEmpty()) {
            throw Owners.unknown();
        }
        scope.join();
        DeviceIndex index = new DeviceIndex();
        for (TaskScope.Task<OwnerList> list : lists) {
            index.merge(list.result().devices(), onNew);
            Envelope response = list.result().response();
            index.lastResponse(response.fields(), response.tid());
        }
        return index;
    }

    private OwnerList listOf(String uid) {
        return pipeline.call(
                Owners.devicesOf(uid), response -> new OwnerList(Results.deviceRecords(response), response));
    }
}
