package io.github.tuyacloud.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads and writes JSON for the whole library; stateless and thread-safe. */
public final class Json {

    /** Deeper than anything the cloud sends, shallow enough for every stack. */
    private static final int MAX_DEPTH = 200;

    /** The maximum size of a response, which may be a single string. */
    private static final int MAX_STRING_LENGTH = 16 * 1024 * 1024;

    /**
     * The maximum size of a document whose member names the parser caches across documents. The cache is fast for the
     * few names of an ordinary response, but slow for many names with the same hash.
     */
    private static final int MAX_SHARED_BYTES = 512 * 1024;

    private static final int INITIAL_OUTPUT_BYTES = 512;

    private static final int MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxStringLength(MAX_STRING_LENGTH)
                            .build())
                    .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    // The JVM's string table is not protected against hash collisions.
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** Holds the factory for large documents, created on first use. */
    private static final class Large {
        private static final JsonFactory FACTORY = MAPPER.getFactory()
                .rebuild()
                .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                .build();
    }

    private Json() {}

    /**
     * Reads one JSON value; only white space may follow it.
     *
     * @param source text in UTF-8, UTF-16 or UTF-32; read to the end, not closed
     * @return the plain Java value
     * @throws MalformedJsonException if the text is not one JSON value
     * @throws IOException if {@code source} itself fails
     */
    public static @Nullable Object read(InputStream source) throws IOException, MalformedJsonException {
        boolean isLarge = source.available() > MAX_SHARED_BYTES;
        try (JsonParser parser = factory(isLarge).createParser(source)) {
            return readOnly(parser, PlainReader.MAX_VALUES, isLarge);
        } catch (JacksonException | CharConversionException | IllegalStateException e) {
            throw malformed(e);
        }
    }

    /**
     * Reads one JSON value from a string.
     *
     * @param text the JSON
     * @return the plain Java value
     * @throws MalformedJsonException if the text is not one JSON value
     */
    public static @Nullable Object read(String text) throws MalformedJsonException {
        return read(text, PlainReader.MAX_VALUES);
    }

    /**
     * Like {@link #read(String)}, but with a limit on the number of values.
     *
     * @param text the JSON
     * @param maxValues the maximum number of values, because each takes more memory than its text
     * @return the plain Java value
     * @throws MalformedJsonException if the text is not one JSON value, or has more values
     */
    public static @Nullable Object read(String text, int maxValues) throws MalformedJsonException {
        boolean isLarge = text.length() > MAX_SHARED_BYTES;
        try (JsonParser parser = factory(isLarge).createParser(text)) {
            return readOnly(parser, maxValues, isLarge);
        } catch (IOException | IllegalStateException e) {
            throw malformed(e);
        }
    }

    /**
     * Like {@link #read(InputStream)}, but for bytes in memory, and with a limit on the number of values.
     *
     * @param json text in UTF-8, UTF-16 or UTF-32
     * @param maxValues the maximum number of values
     * @return the plain Java value
     * @throws MalformedJsonException if the text is not one JSON value, or has more values
     */
    public static @Nullable Object read(byte[] json, int maxValues) throws MalformedJsonException {
        boolean isLarge = json.length > MAX_SHARED_BYTES;
        try (JsonParser parser = factory(isLarge).createParser(json)) {
            return readOnly(parser, maxValues, isLarge);
        } catch (IOException | IllegalStateException e) {
            throw malformed(e);
        }
    }

    /**
     * Writes a value as compact JSON.
     *
     * @param value plain Java values, or anything that Jackson can write
     * @return the JSON in UTF-8
     * @throws IllegalArgumentException if the value cannot be written as JSON, contains itself, or is too large
     */
    public static byte[] writeBytes(@Nullable Object value) {
        try {
            return Output.bytesOf(value);
        } catch (IOException | StackOverflowError e) {
            throw notWritable();
        }
    }

    /** Collects JSON up to a limit: an {@link Iterable} or a bean of the program may have no end. */
    private static final class Output extends ByteArrayOutputStream {

        private Output() {
            super(INITIAL_OUTPUT_BYTES);
        }

        /** Writes a value. In this class, so that a program's first call, which only reads, does not load it. */
        static byte[] bytesOf(@Nullable Object value) throws IOException {
            Output output = new Output();
            try (JsonGenerator generator = MAPPER.createGenerator(output)) {
                new PlainWriter(generator).write(value, 0);
            }
            return output.toByteArray();
        }

        @Override
        public void write(byte[] bytes, int start, int length) {
            if (count + (long) length > MAX_OUTPUT_BYTES) {
                throw new IllegalArgumentException("A value has more than 64 MiB as JSON: does it have an end?");
            }
            super.write(bytes, start, length);
        }
    }

    /** Replaces Jackson's message, which quotes the value. A bean that contains itself overflows the stack. */
    private static IllegalArgumentException notWritable() {
        return new IllegalArgumentException(
                "This value cannot be written as JSON: pass maps, lists, strings, numbers and"
                        + " booleans, or beans of these that do not contain themselves");
    }

    /**
     * Writes a value as a compact JSON string.
     *
     * @param value as for {@link #writeBytes}
     * @return the JSON
     * @throws IllegalArgumentException if the value cannot be written as JSON
     */
    public static String write(@Nullable Object value) {
        return new String(writeBytes(value), StandardCharsets.UTF_8);
    }

    /**
     * Writes a value as JSON with line breaks and indentation.
     *
     * @param value as for {@link #writeBytes}
     * @return the JSON in UTF-8
     * @throws IllegalArgumentException if the value cannot be written as JSON
     */
    public static byte[] writePretty(@Nullable Object value) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(value);
        } catch (JacksonException | StackOverflowError e) {
            throw notWritable();
        }
    }

    /**
     * Binds a plain Java value to a class: a record, a bean, or a standard type.
     *
     * @param value what {@link #read} returned
     * @param type the class; on the module path its package must be open or exported to Jackson
     * @param <T> the type
     * @return the bound value
     * @throws MalformedJsonException if the value does not match the class
     */
    public static <T> T convert(Object value, Class<T> type) throws MalformedJsonException {
        try {
            return MAPPER.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("the response does not match " + type.getName());
        }
    }

    private static JsonFactory factory(boolean isLarge) {
        return isLarge ? Large.FACTORY : MAPPER.getFactory();
    }

    private static @Nullable Object readOnly(JsonParser parser, int maxValues, boolean isLarge)
            throws IOException, MalformedJsonException {
        if (parser.nextToken() == null) {
            throw new CharConversionException("empty");
        }
        Object value = new PlainReader(parser, maxValues, isLarge ? new NameIndex(64) : null).read();
        if (parser.nextToken() != null) {
            throw new CharConversionException("text after the end");
        }
        return value;
    }

    /** Keeps the location, but not Jackson's message, which quotes the source. */
    private static MalformedJsonException malformed(Exception e) {
        // Jackson before 2.16 throws IllegalStateException for too many names with the same hash.
        if (e instanceof StreamConstraintsException || e instanceof IllegalStateException) {
            return new MalformedJsonException(
                    "JSON that is nested too deeply, or has a name or number that is too long, or many names with the same hash");
        }
        if (e instanceof JacksonException jackson && jackson.getLocation() != null) {
            JsonLocation at = jackson.getLocation();
            return new MalformedJsonException(
                    "not valid JSON at line " + at.getLineNr() + ", column " + at.getColumnNr());
        }
        return new MalformedJsonException("not valid JSON" + (e.getMessage() == null ? "" : ": " + shortReason(e)));
    }

    private static String shortReason(Exception e) {
        return switch (String.valueOf(e.getMessage())) {
            case "empty" -> "it is empty";
            case "text after the end" -> "more text follows its end";
            default -> "it is not UTF-8 text";
        };
    }
}
