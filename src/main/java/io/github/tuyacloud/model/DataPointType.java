package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The types of data points. The v1 specifications and the thing model spell them differently; both spellings are
 * understood, in any case.
 */
public enum DataPointType {
    /** {@code Boolean} or {@code bool}: true or false. */
    BOOLEAN("Boolean", "bool"),
    /** {@code Integer} or {@code value}: a whole number; the real value is raw / 10<sup>scale</sup>. */
    INTEGER("Integer", "value"),
    /** {@code Enum}: one of several texts. */
    ENUM("Enum"),
    /** {@code String}: any text, up to a maximum length. */
    STRING("String"),
    /** {@code Json}, {@code struct} or {@code array}: an object or a list, often written as JSON text. */
    JSON("Json", "struct", "array"),
    /** {@code Raw}: bytes as text, which the cloud encodes in Base64. */
    RAW("Raw"),
    /** {@code Bitmap} or {@code fault}: a whole number with one flag in each bit. */
    BITMAP("Bitmap", "fault"),
    /**
     * A type that this library does not know, such as {@code date}. Any value is valid.
     */
    OTHER("");

    private final String code;
    private final List<String> otherNames;

    DataPointType(String code, String... otherNames) {
        this.code = code;
        this.otherNames = List.of(otherNames);
    }

    /**
     * Returns the type with one of the cloud's names.
     *
     * @param name such as {@code Integer}, {@code value} or {@code bool}, in any case; may be null
     * @return the type; {@link #OTHER} for an unknown name and for null
     */
    public static DataPointType of(@Nullable String name) {
        String normalized = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.code.equalsIgnoreCase(normalized) || type.otherNames.contains(normalized))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * Returns the name that the v1 specifications use for this type.
     *
     * @return such as {@code Integer}; empty for {@link #OTHER}
     */
    public String code() {
        return code;
    }

    /** Returns the v1 name for a type name of the thing model; an unknown name is returned unchanged. */
    static @Nullable String translate(@Nullable String name) {
        DataPointType type = of(name);
        return type == OTHER ? name : type.code;
    }

    /** Returns the value, converted to this type if it is a text or a number, as in a log. */
    @Nullable
    Object read(@Nullable Object value) {
        Object read =
                switch (this) {
                    case BOOLEAN -> JsonValues.flag(value);
                    case INTEGER, BITMAP -> JsonValues.wholeNumber(value);
                    default -> value;
                };
        return read == null ? value : read;
    }
}
