package io.github.tuyacloud.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.fake.DemoWorld;
import io.github.tuyacloud.model.CloudRequest;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.model.DeviceLogQuery;
import io.github.tuyacloud.model.DeviceStatus;
import io.github.tuyacloud.support.FakeCloudTest;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that values that contain themselves, or that never end, are refused before anything is sent. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
class SelfContainingValuesTest extends FakeCloudTest {

    private static final String PLUG = DemoWorld.PLUG;

    /** A bean that contains itself indirectly. */
    public static final class Bean {

        private final Object other;

        Bean(Object other) {
            this.other = other;
        }

        public Object getOther() {
            return other == null ? new Bean(this) : other;
        }
    }

    private interface Use {
        void of(TuyaCloud cloud, Object value);
    }

    private static Object map() {
        Map<String, Object> map = new HashMap<>();
        map.put("list", List.of(Map.of("map", map)));
        return map;
    }

    private static Object list() {
        List<Object> list = new ArrayList<>();
        List<Object> other = new ArrayList<>(List.of(list));
        list.add(other);
        return list;
    }

    private static Object array() {
        Object[] array = new Object[1];
        array[0] = new Object[] {array};
        return array;
    }

    /** Each level contains the next one twice: 2 to the power of 60 parts. */
    private static Object doubling() {
        Object value = "x";
        for (int i = 0; i < 60; i++) {
            value = List.of(value, value);
        }
        return value;
    }

    private static Object deep() {
        Object value = "x";
        for (int i = 0; i < 100_000; i++) {
            value = Map.of("a", value);
        }
        return value;
    }

    private static Object endless() {
        return new AbstractList<>() {
            @Override
            public Object get(int index) {
                return index;
            }

            @Override
            public int size() {
                return Integer.MAX_VALUE;
            }
        };
    }

    static Stream<Arguments> all() {
        return Stream.of(
                        Named.of("map", map()),
                        Named.of("list", list()),
                        Named.of("array", array()),
                        Named.of("doubling", doubling()),
                        Named.of("deep", deep()),
                        Named.of("endless", endless()))
                .flatMap(SelfContainingValuesTest::uses);
    }

    private static Stream<Arguments> uses(Named<Object> value) {
        Stream<Use> bodies = Stream.of(
                (cloud, v) -> cloud.sendCommand(PLUG, Command.of("a", v)),
                (cloud, v) -> cloud.sendCommand(PLUG, Map.of("commands", v), "devices/"),
                (cloud, v) -> cloud.cloudRequest("/v1.0/a", "POST", v, null),
                (cloud, v) -> cloud.cloudRequest(CloudRequest.post("/v1.0/a").body(Map.of("a", v))),
                (cloud, v) -> cloud.things().setProperties(PLUG, Map.of("a", v)));
        boolean isArray = value.getPayload() instanceof Object[];
        Stream<Use> others = Stream.of(
                (cloud, v) -> cloud.cloudRequest("/v1.0/a", "GET", null, Map.of("ids", v)),
                (cloud, v) -> cloud.getDeviceLog(
                        PLUG, DeviceLogQuery.builder().param("x", v).build()),
                (cloud, v) -> Device.fromMap(Map.of("id", "a", "b", v)),
                (cloud, v) -> DeviceStatus.fromMap(Map.of("a", v)));
        return (isArray ? bodies : Stream.concat(bodies, others)).map(use -> Arguments.of(Named.of("use", use), value));
    }

    @ParameterizedTest
    @MethodSource("all")
    void call_valueWithoutEnd_isRefusedAndSendsNothing(Use use, Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> use.of(cloud, value))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(fake.requestCount()).isZero();
    }

    /** Not walked before they are written, because a program's iterable may allow only one iteration. */
    static Stream<Object> iterables() {
        Iterable<Object> endless =
                () -> Stream.generate(() -> (Object) "x".repeat(1000)).iterator();
        return Stream.of(endless, endless.iterator(), Map.of("a", List.of(endless)));
    }

    @ParameterizedTest
    @MethodSource("iterables")
    void cloudRequest_iterableWithoutEnd_isRefusedAndSendsNothing(Object value) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> cloud.cloudRequest(CloudRequest.post("/v1.0/a").body(Map.of("a", value))))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
        assertThat(fake.requestCount()).isZero();
    }

    static Stream<Object> beans() {
        return Stream.of(new Bean(null), Optional.of(1), Map.of("a", Optional.empty()), new Object());
    }

    @ParameterizedTest
    @MethodSource("beans")
    void cloudRequest_beanThatIsNotJson_isRefusedAndSendsNothing(Object bean) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cloud.cloudRequest("/v1.0/a", "POST", bean, null))
                .withMessageStartingWith("This value cannot be written as JSON");
        assertThat(fake.requestCount()).isZero();
    }
}
