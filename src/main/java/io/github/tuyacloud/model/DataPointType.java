package io.github.tuyacloud.model;

import io.github.tuyacloud.json.JsonValues;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types of data points, under all the names that the v1 specifications and the thing model have for them. */
enum DataPointType {
    BOOLEAN("Boolean", "bool"),
    INTEGER("Integer", "value"),
    ENUM("Enum"),
    STRING("String"),
    JSON("Json", "struct", "array"),
    RAW("Raw"),
    BITMAP("Bitmap", "fault"),
    /** One of which nothing is known: it takes anything. */
    OTHER("");

    private final String instructionSetName;
    private final List<String> otherNames;

    DataPointType(String instructionSetName, String... otherNames) {
        this.instructionSetName = instructionSetName;
        this.otherNames = List.of(otherNames);
    }

    static DataPointType of(@Nullable String name) {
        String wanted = name == null ? "" : name.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(type -> type.instructionSetName.equalsIgnoreCase(wanted) || type.otherNames.contains(wanted))
                .findFirst()
                .orElse(OTHER);
    }

    /** The same type in the words of the v1 specifications; one that they do not have stays as it is. */
    static @Nullable String translate(@Nullable String name) {
        DataPointType type = of(name);
        return type == OTHER ? name : type.instructionSetName;
    }

    /** The value as one of this type where a text or number stands for one, as in a log; else as it is. */
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
