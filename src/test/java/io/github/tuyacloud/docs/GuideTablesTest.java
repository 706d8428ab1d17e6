package io.github.tuyacloud.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.fake.Fault;
import io.github.tuyacloud.fake.Quirk;
import io.github.tuyacloud.fake.Temper;
import io.github.tuyacloud.live.CommandOutcome;
import io.github.tuyacloud.messages.SubscriptionOptions;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks that the tables of the guides list exactly what the code has. */
class GuideTablesTest {

    @Test
    void faults_inTheTable_areThoseOfTheFake() {
        assertThat(names("testing", "fault", "what happens")).isEqualTo(methodsReturning(Fault.class));
    }

    @Test
    void quirks_inTheTable_areThoseOfTheFake() {
        assertThat(names("testing", "quirk", "what the cloud does")).isEqualTo(constants(Quirk.values()));
    }

    @Test
    void tempers_inTheTable_areThoseOfTheFake() {
        assertThat(names("testing", "temper", "what the device does")).isEqualTo(methodsReturning(Temper.class));
    }

    @Test
    void options_inTheTable_areThoseOfASubscription() {
        assertThat(names("live-messages", "option", "default"))
                .isEqualTo(methodsReturning(SubscriptionOptions.Builder.class));
    }

    @Test
    void results_inTheTable_areThoseOfACommand() {
        assertThat(names("living-picture", "result", "meaning")).isEqualTo(constants(CommandOutcome.Result.values()));
    }

    /** Returns the names in the first column, without types and parameters. */
    private static Set<String> names(String guide, String first, String second) {
        return Page.guide(guide).table(first, second).stream()
                .flatMap(row -> Page.codeSpansIn(row.get(0)).stream())
                .map(span -> span.replaceFirst("^[A-Za-z]*\\.", "").replaceFirst("\\(.*", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the public methods with which a type is created or changed. */
    private static Set<String> methodsReturning(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getReturnType() == type)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> constants(Enum<?>[] values) {
        return Arrays.stream(values).map(Enum::name).collect(Collectors.toCollection(TreeSet::new));
    }
}
