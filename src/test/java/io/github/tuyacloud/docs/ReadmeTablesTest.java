package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.TuyaCloud;
import io.github.tuyacloud.TuyaCloudBuilder;
import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.config.RetryPolicy;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaException;
import io.github.tuyacloud.model.Device;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks that the tables of the README match the code exactly. */
class ReadmeTablesTest {

    private final Page readme = Page.readme();

    @Test
    void regions_inTheTable_areThoseOfTheEnum() {
        List<List<String>> expected = Arrays.stream(Region.values())
                .map(region -> List.of(
                        code(region.code()),
                        region.aliases().stream().map(ReadmeTablesTest::code).collect(Collectors.joining(", ")),
                        region.description(),
                        code(region.host())))
                .toList();

        assertThat(readme.table("code", "aliases")).isEqualTo(expected);
    }

    @Test
    void options_inTheTable_areThoseOfTheBuilder() {
        Set<String> expected = publicMethods(TuyaCloudBuilder.class)
                .map(Method::getName)
                .filter(name -> !name.equals("build"))
                .collect(Collectors.toSet());

        assertThat(readme.table("option", "default"))
                .extracting(row -> row.get(0))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(ReadmeTablesTest::code).toList());
    }

    @Test
    void defaults_inTheTable_areThoseOfANewBuilder() throws IllegalAccessException {
        TuyaCloudBuilder builder = TuyaCloud.builder();
        int compared = 0;
        for (Field field : TuyaCloudBuilder.class.getDeclaredFields()) {
            for (List<String> row : readme.table("option", "default")) {
                if (row.get(0).equals(code(field.getName()))) {
                    field.setAccessible(true);
                    assertThat(row.get(1)).as(row.get(0)).isIn(spelled(field.get(builder)));
                    compared++;
                }
            }
        }

        assertThat(compared).isEqualTo(14);
        assertThat(readme.table("option", "default"))
                .contains(readme.table("option", "default").get(0))
                .first()
                .satisfies(row -> assertThat(row.get(1)).isEqualTo(code(TinytuyaConfig.DEFAULT_FILE_NAME)));
    }

    @Test
    void methods_inTheTable_areThoseOfTheClient() {
        List<String> expected = publicMethods(TuyaCloud.class)
                .filter(method -> !List.of("builder", "close").contains(method.getName()) && !isDoor(method))
                .map(method -> simple(method.getGenericReturnType().getTypeName()) + " " + signature(method))
                .toList();

        List<String> listed = readme.table("tinytuya", "here").stream()
                .flatMap(row -> Page.codeSpansIn(row.get(1)).stream()
                        .map(signature -> String.join("", Page.codeSpansIn(row.get(2))) + " " + signature))
                .toList();
        assertThat(listed).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void exceptions_inTheTable_areThoseOfThePackage() {
        List<String> expected = Stream.of(TuyaException.class.getPermittedSubclasses())
                .flatMap(type -> Stream.concat(
                        Stream.of(type),
                        type.isSealed() ? Stream.of(type.getPermittedSubclasses()) : Stream.<Class<?>>empty()))
                .map(Class::getSimpleName)
                .toList();

        assertThat(readme.table("exception", "when").stream().flatMap(row -> Page.codeSpansIn(row.get(0)).stream()))
                .filteredOn(name -> name.startsWith("Tuya"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Returns whether a method only returns a facade, which has its own section. */
    private static boolean isDoor(Method method) {
        Class<?> response = method.getReturnType();
        return method.getParameterCount() == 0
                && response.getName().startsWith(TuyaCloud.class.getPackageName())
                && response.getPackage() != Device.class.getPackage();
    }

    private static List<String> spelled(@Nullable Object value) {
        if (value == null) {
            return List.of("none", "one of its own");
        }
        if (value instanceof Duration duration) {
            return List.of(seconds(duration));
        }
        if (value instanceof RetryPolicy policy) {
            return List.of(policy.maxRetries() + " retries, after " + seconds(policy.firstDelay()) + " and "
                    + seconds(policy.firstDelay().multipliedBy(2)));
        }
        boolean endless = value.equals(Double.POSITIVE_INFINITY) || value.equals(Long.MAX_VALUE);
        return List.of(
                endless ? "none" : value instanceof Boolean ? code(value.toString()) : value.toString(),
                value.equals(Clock.systemUTC()) ? "the system's" : "-");
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    private static Stream<Method> publicMethods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic());
    }

    /** {@code name(String, Command...)}. */
    private static String signature(Method method) {
        String types = Arrays.stream(method.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", "));
        return method.getName() + "(" + (method.isVarArgs() ? types.replaceAll("\\[]$", "...") : types) + ")";
    }

    /** Returns the name without packages. */
    private static String simple(String typeName) {
        return typeName.replaceAll("[a-z]+\\.", "");
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
