package io.github.tuyacloud.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.json.JsonObject;
import io.github.tuyacloud.messages.DataPointChange;
import io.github.tuyacloud.messages.DeviceEvent;
import io.github.tuyacloud.messages.MessageHeader;
import io.github.tuyacloud.messages.StatusReport;
import io.github.tuyacloud.messages.UnknownMessage;
import io.github.tuyacloud.messages.UnreadableMessage;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that no text from the cloud breaks the line that {@code toString} returns, or hides part of it. */
class SafeTextsTest {

    private static final String HOSTILE = "a\r\n2026-01-01 WARN forged\u001b[2J\u202eb\u200b\u0085\u2028\u009b";

    private static final String SAFE = "a 2026-01-01 WARN forged [2J b ";

    static Stream<Class<? extends Record>> records() {
        return Stream.of(
                CheckUpReport.Finding.class,
                Command.class,
                DataPoint.class,
                DataPointSpec.class,
                DescribedValue.class,
                DeviceFunctions.class,
                DeviceLog.class,
                DeviceSpecification.class,
                Home.class,
                LogEntry.class,
                Room.class,
                Scene.class,
                SceneAction.class,
                ThingModel.class,
                ThingProperties.class,
                ThingProperty.class,
                ThingPropertySpec.class,
                ThingService.class,
                ThingSpec.class,
                TypeSpec.class,
                Usage.class,
                ValueRange.class,
                DataPointChange.class,
                DeviceEvent.class,
                MessageHeader.class,
                StatusReport.class,
                UnknownMessage.class,
                UnreadableMessage.class);
    }

    @ParameterizedTest
    @MethodSource("records")
    void toString_ofARecordOfHostileTexts_isOneSafeLine(Class<? extends Record> type) throws Exception {
        Object created = create(type);

        assertThat(created.toString()).contains(SAFE).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    private static Object create(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            values[i] = value(types[i], components[i].getGenericType().getTypeName());
        }
        Constructor<?> constructor = type.getDeclaredConstructor(types);
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type.getName(), e.getCause());
        }
    }

    private static Object value(Class<?> type, String generic) throws ReflectiveOperationException {
        if (type == String.class || type == Object.class) {
            return HOSTILE;
        }
        if (type == Map.class) {
            return generic.endsWith("java.lang.Long>") ? Map.of(HOSTILE, 1L) : Map.of(HOSTILE, HOSTILE);
        }
        if (type == List.class) {
            return generic.endsWith("<java.lang.String>") ? List.of(HOSTILE) : List.of();
        }
        if (type.isRecord()) {
            return create(type);
        }
        if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        if (type == boolean.class || type == Boolean.class) {
            return true;
        }
        if (type == Instant.class) {
            return Instant.EPOCH;
        }
        if (type == BigDecimal.class) {
            return BigDecimal.ONE;
        }
        return type == long.class || type == Long.class ? (Object) 1L : (Object) 1;
    }

    @Test
    void toString_ofADevice_isOneSafeLine() {
        Device device = Device.fromMap(Map.of("id", HOSTILE, "name", HOSTILE, "product_id", HOSTILE));

        assertThat(device.toString()).contains(SAFE).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void toString_ofNestedJson_isOneSafeLine() {
        Map<String, Object> json = JsonObject.copyOf(Map.of(HOSTILE, List.of(HOSTILE)));

        assertThat(DataPoint.fromMap(Map.of("code", "a", "value", json)).toString())
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]");
    }

    @Test
    void toString_ofACheckUp_hasNoLineOfTheCloud() {
        CheckUpReport report = new CheckUpReport(
                "eu",
                List.of(new CheckUpReport.Finding(
                        CheckUpReport.Subject.values()[0], CheckUpReport.Outcome.REFUSED, HOSTILE, HOSTILE, HOSTILE)));

        assertThat(report.toString().lines()).noneMatch(line -> line.startsWith("2026"));
        assertThat(report.toString()).doesNotContain("\u001b", "\u202e", "\u0085");
    }
}
