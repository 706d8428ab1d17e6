package io.github.tuyacloud.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.tuyacloud.model.Command;
import io.github.tuyacloud.support.Seed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks that JSON is read as plain maps and lists, whatever the names and the number of members, and that values are
 * written as Jackson writes them.
 */
class JsonTest {

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    @ParameterizedTest
    @ValueSource(strings = {"1e-2147483648", "-1e-2147483648", "1e2147483648", "-1e99999999999999999999"})
    void read_exponentThatJavaCannotRepresent_isKeptAsText(String number) throws Exception {
        assertThat(Json.read("{\"value\":" + number + ",\"other\":[1]}"))
                .isEqualTo(Map.of("value", number, "other", List.of(1L)));
    }

    @Test
    void read_randomDocuments_equalsJacksonsMaps() throws IOException, MalformedJsonException {
        long seed = Seed.of("the documents");
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            String json = JACKSON.writeValueAsString(value(random, 5));

            Object read = Json.read(json);

            assertThat(read).as("seed %d, document %s", seed, json).isEqualTo(JACKSON.readValue(json, Object.class));
            assertThat(Json.write(read)).as("seed %d", seed).isEqualTo(json);
        }
    }

    @Test
    void write_randomValues_equalsJackson() throws IOException {
        long seed = Seed.of("the values");
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            Object value = anyValue(random, 4);

            assertThat(Json.write(value))
                    .as("seed %d", seed)
                    .isEqualTo(new String(JACKSON.writeValueAsBytes(value), StandardCharsets.UTF_8));
        }
    }

    /** A value of plain and other types, in containers of plain and other classes. */
    private static @Nullable Object anyValue(Random random, int depth) {
        int kind = random.nextInt(depth == 0 ? 14 : 22);
        int size = random.nextInt(4);
        List<@Nullable Object> items = new ArrayList<>();
        Map<Object, @Nullable Object> members = new LinkedHashMap<>();
        for (int i = 0; kind >= 14 && i < size; i++) {
            items.add(anyValue(random, depth - 1));
            members.put("\u00e9 \"" + random.nextInt(100), anyValue(random, depth - 1));
        }
        return switch (kind) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> (short) random.nextInt();
            case 5 -> random.nextDouble() * 1e20;
            case 6 -> random.nextFloat();
            case 7 -> List.of(Double.NaN, Float.NEGATIVE_INFINITY);
            case 8 -> new BigDecimal(random.nextInt()).scaleByPowerOfTen(random.nextInt(20) - 10);
            case 9 -> BigInteger.TWO.pow(random.nextInt(100));
            case 10 -> new byte[] {1, 2, (byte) random.nextInt()};
            case 11 -> new StringBuilder("a\n\t\u0001\ud83d\ude00");
            case 12 -> DayOfWeek.of(1 + random.nextInt(7));
            case 13 -> new Command("switch_" + random.nextInt(100), random.nextBoolean());
            case 14 -> items;
            case 15 -> new LinkedHashSet<>(items);
            case 16 -> items.toArray();
            case 17 -> members;
            case 18 -> Collections.unmodifiableMap(new HashMap<>(members));
            case 19 -> new Labeled(members);
            case 20 -> new LabeledList(items);
            default -> {
                members.put(random.nextInt(), items);
                members.put(DayOfWeek.MONDAY, "day");
                yield members;
            }
        };
    }

    /** A map that is not written as one. */
    private static final class Labeled extends HashMap<Object, @Nullable Object> {

        private static final long serialVersionUID = 1L;

        Labeled(Map<Object, @Nullable Object> members) {
            super(members);
        }

        @JsonValue
        String label() {
            return "a map of " + size();
        }
    }

    /** A list that is not written as one. */
    private static final class LabeledList extends ArrayList<@Nullable Object> {

        private static final long serialVersionUID = 1L;

        LabeledList(List<@Nullable Object> items) {
            super(items);
        }

        @JsonValue
        String label() {
            return "a list of " + size();
        }
    }

    @Test
    void write_nullAsKey_throws() {
        Map<Object, Object> noName = new HashMap<>();
        noName.put(null, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Json.write(Map.of("value", noName)))
                .withMessageStartingWith("This value cannot be written as JSON");
    }

    /** Large documents are parsed differently. */
    @Test
    void read_largeDocuments_equalJacksonsMaps() throws IOException, MalformedJsonException {
        long seed = Seed.of("the documents");
        Random random = new Random(seed);
        for (int i = 0; i < 30; i++) {
            String json = JACKSON.writeValueAsString(value(random, 5)) + " ".repeat(600_000);

            Object expected = JACKSON.readValue(json, Object.class);
            assertThat(Json.read(json)).as("seed %d", seed).isEqualTo(expected);
            assertThat(Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 600_000})
    void read_namesOfOneHash_areAllKept(int spaces) throws MalformedJsonException {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < 1 << 12; i++) {
            StringBuilder name = new StringBuilder();
            for (int bit = 0; bit < 12; bit++) {
                name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
            }
            members.put(name.toString(), (long) i);
        }

        Object read = Json.read(Json.write(members) + " ".repeat(spaces));

        assertThat(read).isEqualTo(members);
        assertThat(((Map<?, ?>) read).get("AaBBAaBBAaBBAaBBAaBBAaBB")).isEqualTo(0b101010101010L);
        assertThat(((Map<?, ?>) read).get("AaBBAaBBAaBBAaBBAaBBAaAb")).isNull();
    }

    private static Object value(Random random, int depth) {
        int kind = depth == 0 ? random.nextInt(4) : random.nextInt(7);
        if (kind < 4) {
            return new Object[] {random.nextLong(), "text", random.nextBoolean(), "0.5"}[kind];
        }
        int size = random.nextInt(depth == 5 ? 100 : 6);
        if (kind == 4) {
            List<Object> list = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                list.add(value(random, depth - 1));
            }
            return list;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put("n" + random.nextInt(size < 10 ? 4 : 200), value(random, depth - 1));
        }
        return map;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8, 9, 63, 64, 65, 66, 200})
    void read_objectOfManyMembers_keepsNamesValuesAndOrder(int size) throws MalformedJsonException {
        StringBuilder json = new StringBuilder("[");
        for (int copy = 0; copy < 2; copy++) {
            json.append(copy == 0 ? "{" : ",{");
            for (int i = 0; i < size; i++) {
                json.append(i == 0 ? "" : ",")
                        .append("\"m")
                        .append(i)
                        .append("\":")
                        .append(i + copy);
            }
            json.append('}');
        }

        List<?> objects = (List<?>) Json.read(json.append(']').toString());

        for (int copy = 0; copy < 2; copy++) {
            Map<String, Object> object = JsonValues.object(objects.get(copy));
            assertThat(object).hasSize(size).doesNotContainKey("m" + size);
            assertThat(object.keySet()).startsWith("m0").endsWith("m" + (size - 1));
            assertThat(object).containsEntry("m" + (size - 1), (long) size - 1 + copy);
            assertThat(new JsonReader(object).extra()).isEqualTo(object);
        }
    }

    @Test
    void read_duplicateName_lastValueCounts() throws MalformedJsonException {
        assertThat(
                        Json.read(
                                "[{\"a\":1,\"b\":2,\"a\":3},{\"a\":1,\"b\":2,\"c\":4},{\"a\":1,\"a\":2,\"a\":{\"a\":1,\"a\":5}}]"))
                .isEqualTo(List.of(
                        Map.of("a", 3L, "b", 2L), Map.of("a", 1L, "b", 2L, "c", 4L), Map.of("a", Map.of("a", 5L))));
    }

    @Test
    void read_moreNamesThanShared_losesNothing() throws MalformedJsonException {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < 20_000; i++) {
            json.append(i == 0 ? "" : ",")
                    .append("{\"a\":{\"x")
                    .append(i)
                    .append("\":")
                    .append(i)
                    .append(",\"y\":1}}");
        }

        List<?> objects = (List<?>) Json.read(json.append(']').toString());

        assertThat(objects.get(3)).isEqualTo(Map.of("a", Map.of("x3", 3L, "y", 1L)));
        assertThat(objects.get(19_999)).isEqualTo(Map.of("a", Map.of("x19999", 19_999L, "y", 1L)));
    }

    @Test
    void objects_ofOneKind_shareTheirNames() throws MalformedJsonException {
        List<?> objects = (List<?>) Json.read("[{\"code\":\"a\",\"value\":1},{\"code\":\"b\",\"value\":2}]");

        assertThat(((JsonObject) objects.get(0)).names()).isSameAs(((JsonObject) objects.get(1)).names());
    }

    @Test
    void with_anyMember_doesNotChangeTheObject() {
        JsonObject object = JsonObject.copyOf(Map.of("a", 1L));

        assertThat(object.with("a", 2L)).isEqualTo(Map.of("a", 2L));
        assertThat(object.with("b", 3L)).isEqualTo(Map.of("a", 1L, "b", 3L));
        assertThat(object).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void object_changed_throws() throws MalformedJsonException {
        Map<String, Object> object = JsonValues.object(Json.read("{\"a\":[1]}"));

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.put("a", 1));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> object.remove("a"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> object.entrySet().iterator().next().setValue(1));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> ((List<?>) object.get("a")).clear());
    }

    @Test
    void toString_secretsAndTraceId_areHidden() throws MalformedJsonException {
        assertThat(Json.read("{\"local_key\":\"k\",\"a\":{\"Token\":\"t\"},\"tid\":\"x\",\"key\":\"\",\"name\":\"n\"}"))
                .hasToString("{local_key=***, a={Token=***}, tid=***, key=, name=n}");
    }

    @Test
    void normalize_plainValue_isNotCopied() throws MalformedJsonException {
        Object read = Json.read("{\"a\":[{\"b\":1}]}");

        assertThat(JsonValues.normalize(read)).isSameAs(read);
        assertThat(JsonValues.normalize(((Map<?, ?>) read).get("a"))).isSameAs(((Map<?, ?>) read).get("a"));
    }

    @Test
    void reader_eachRead_keepsTheRest() {
        JsonReader fields = new JsonReader(Map.of(
                "text", "a", "flag", 1L, "number", "7", "time", 0L, "odd", List.of(), "object", Map.of("x", 1L)));

        assertThat(fields.text("text")).isEqualTo("a");
        assertThat(fields.flag("flag")).isTrue();
        assertThat(fields.integer("number")).isEqualTo(7);
        assertThat(fields.time("time")).isNull();
        assertThat(fields.text("odd")).isNull();
        assertThat(fields.object("object")).isEqualTo(Map.of("x", 1L));
        assertThat(fields.any("missing")).isNull();
        assertThat(fields.extra()).isEqualTo(Map.of("odd", List.of()));
    }
}
