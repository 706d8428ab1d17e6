package io.github.tuyacloud.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.support.CapturedLog;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks that text from outside can neither forge a log line nor hide part of one. */
class LogSafeTest {

    private static final Logger LOG = LoggerFactory.getLogger("io.github.tuyacloud");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n",
                "\r\n",
                "\u0000",
                "\u001b",
                "\u007f",
                "\u0085",
                "\u009b",
                "\u00ad",
                "\u061c",
                "\u180e",
                "\u200b\u200c\u200d",
                "\u200e\u200f",
                "\u2028",
                "\u2029",
                "\u202a\u202e",
                "\u2060\u2064",
                "\u2066\u2069",
                "\u206a\u206f",
                "\ufeff",
                "\ufff9",
                "\u034f",
                "\u115f",
                "\u3164",
                "\uffa0",
                "\ud800",
                "\udc00",
                "\udb40\udc41",
                "\ud834\udd73"
            })
    void of_charactersThatCannotBeSeen_becomeOneSpace(String hidden) {
        assertThat(LogSafe.of("a" + hidden + "b" + hidden + hidden)).isEqualTo("a b ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plug 1 ~", "Küche 灯 مصباح नमस्ते", "\ud83d\udca1 \u2764\ufe0f"})
    void of_textThatCanBeSeen_isUnchanged(String text) {
        assertThat(LogSafe.of(text)).isEqualTo(text);
    }

    @Test
    void of_cutInsideASurrogatePair_cutsBeforeIt() {
        assertThat(LogSafe.of("abc\ud83d\udca1defgh", 7)).isEqualTo("abc...");
    }

    @Test
    void warn_argumentsWithLineBreaks_writesOneLine() {
        try (CapturedLog log = new CapturedLog()) {
            LogSafe.warn(LOG, "{} and {}", "a\n2026 WARN forged", 5);

            assertThat(log.lines("")).hasSize(1).first().asString().endsWith("a 2026 WARN forged and 5");
        }
    }

    @Test
    void warn_failureWithLineBreaks_writesNoLineOfTheirs() {
        Exception cause = new IllegalStateException("inner\r\nforged WARN 2");
        try (CapturedLog log = new CapturedLog()) {
            LogSafe.warn(LOG, "It failed", new IllegalArgumentException("outer\nforged WARN 1", cause));

            assertThat(log.lines("java.lang.IllegalArgumentException: outer forged WARN 1"))
                    .hasSize(1);
            assertThat(log.lines("Caused by: java.lang.IllegalStateException: inner forged WARN 2"))
                    .hasSize(1);
            assertThat(log.lines("at io.github.tuyacloud.json.LogSafeTest.warn_failureWithLineBreaks"))
                    .isNotEmpty();
            assertThat(log.lines("")).noneMatch(line -> line.startsWith("forged"));
        }
    }

    @Test
    void warn_longArgument_isCut() {
        try (CapturedLog log = new CapturedLog()) {
            LogSafe.warn(LOG, "{}", "x".repeat(1_000_000));

            assertThat(log.lines("xxx")).hasSize(1).first().asString().hasSizeLessThan(2_100);
        }
    }

    @Test
    void line_valueWithLineBreak_isOneLine() {
        assertThat(LogSafe.line("Room[id={}, name={}]", "a\nb", null)).isEqualTo("Room[id=a b, name=null]");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 s",
        "PT0.25S, 250 ms",
        "PT59.5S, 59500 ms",
        "PT30S, 30 s",
        "PT1M, 1 min",
        "PT1M30S, 1 min 30 s",
        "PT1H, 1 h",
        "PT1H51M3S, 1 h 51 min 3 s",
        "PT24H0.001S, 24 h",
        "PT-30S, -30 s",
        "PT9223372036854775807S, 2562047788015215 h 30 min 7 s",
        "PT-9223372036854775808S, PT-2562047788015215H-30M-8S"
    })
    void duration_any_isShownInTheUnitsOfAClock(Duration duration, String text) {
        assertThat(LogSafe.duration(duration)).isEqualTo(text);
        assertThat(LogSafe.line("after {}", duration)).isEqualTo("after " + text);
    }

    /** An exception of the program whose methods throw. */
    private static final class Undescribed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String toString() {
            throw new StackOverflowError();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new OutOfMemoryError();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new IllegalStateException();
        }
    }

    @Test
    void warn_failureThatCannotBeDescribed_namesItsClass() {
        try (CapturedLog log = new CapturedLog()) {
            LogSafe.warn(LOG, "It failed", new IllegalStateException("outer", new Undescribed()));

            assertThat(log.warnings()).singleElement().asString().contains("It failed");
            assertThat(log.lines("Caused by: " + Undescribed.class.getName())).hasSize(1);
        }
    }
}
