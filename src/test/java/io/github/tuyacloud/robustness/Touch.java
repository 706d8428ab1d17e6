package io.github.tuyacloud.robustness;

import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.model.CloudResponse;
import io.github.tuyacloud.model.DataPointSpec;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceStatus;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls every accessor of a result, and those of the returned objects: none may throw. */
final class Touch {

    private static final Map<Class<?>, List<Method>> ACCESSORS = new ConcurrentHashMap<>();

    private Touch() {}

    static void all(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> all(member));
        } else if (value instanceof Collection<?> items) {
            items.forEach(Touch::all);
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(Touch::all);
        } else if (value != null && value.getClass().getName().startsWith("io.github.tuyacloud.model")) {
            accessors(value.getClass()).forEach(accessor -> all(call(accessor, value)));
            special(value);
        }
        if (value != null && value.hashCode() == 0 && value.toString().isEmpty() && !value.equals(value)) {
            throw new IllegalStateException("not even equal to itself");
        }
    }

    private static void special(Object value) {
        if (value instanceof DeviceStatus status) {
            status.dataPoints().forEach(point -> {
                String code = String.valueOf(point.code());
                all(status.get(code));
                all(status.getBoolean(code));
                all(status.getLong(code));
                all(status.getDecimal(code));
                all(status.getText(code));
            });
        } else if (value instanceof DataPointSpec spec) {
            all(spec.dataType());
        } else if (value instanceof CloudResponse response) {
            bind(() -> response.result(Device.class));
            bind(() -> response.resultList(Device.class));
            bind(() -> response.result(String.class));
            bind(() -> response.result(Map.class));
        }
    }

    /** Binds a result whose shape may not match the requested type; that is an unusable response. */
    private static void bind(Supplier<@Nullable Object> binding) {
        try {
            binding.get();
        } catch (TuyaException e) {
            // documented
        }
    }

    private static @Nullable Object call(Method accessor, Object value) {
        try {
            return accessor.invoke(value);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(accessor + " threw", e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Method> accessors(Class<?> type) {
        return ACCESSORS.computeIfAbsent(type, key -> List.of(key.getMethods()).stream()
                .filter(method -> method.getParameterCount() == 0
                        && !Modifier.isStatic(method.getModifiers())
                        && method.getDeclaringClass() != Object.class
                        && !method.getName().startsWith("with")
                        && method.getReturnType() != void.class)
                .toList());
    }
}
