package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the types of this package from JSON without reflection, so that obfuscated and natively compiled programs work.
 */
final class OwnTypes {

    private static final Map<Class<?>, Function<Map<String, @Nullable Object>, Object>> READERS = Map.ofEntries(
            Map.entry(Command.class, Command::fromMap),
            Map.entry(DataPoint.class, DataPoint::fromMap),
            Map.entry(DataPointSpec.class, DataPointSpec::fromMap),
            Map.entry(Device.class, Device::fromMap),
            Map.entry(DeviceFunctions.class, DeviceFunctions::fromMap),
            Map.entry(DeviceSpecification.class, DeviceSpecification::fromMap),
            Map.entry(DpMapping.class, DpMapping::fromMap),
            Map.entry(Home.class, Home::fromMap),
            Map.entry(LogEntry.class, LogEntry::fromMap),
            Map.entry(Room.class, Room::fromMap),
            Map.entry(Scene.class, Scene::fromMap),
            Map.entry(SceneAction.class, SceneAction::fromMap),
            Map.entry(ThingModel.class, ThingModel::fromMap),
            Map.entry(ThingProperties.class, ThingProperties::fromMap),
            Map.entry(ThingProperty.class, ThingProperty::fromMap),
            Map.entry(ThingPropertySpec.class, ThingPropertySpec::fromMap),
            Map.entry(ThingService.class, ThingService::fromMap),
            Map.entry(TypeSpec.class, TypeSpec::fromMap));

    private OwnTypes() {}

    /**
     * Reads a value as one of these types; null if {@code type} is not one of them. Throws
     * {@link IllegalArgumentException} if the value does not match the type.
     */
    static @Nullable Object read(Object value, Class<?> type) {
        if (type == DeviceStatus.class && value instanceof List<?> list) {
            return new DeviceStatus(Values.objects(list, DataPoint::fromMap));
        }
        Function<Map<String, @Nullable Object>, Object> reader = READERS.get(type);
        if (reader == null) {
            return null;
        }
        Map<String, @Nullable Object> object = JsonValues.object(value);
        if (object == null) {
            throw new IllegalArgumentException(
                    "the response does not match " + type.getName() + ": it is not an object");
        }
        return reader.apply(object);
    }
}
