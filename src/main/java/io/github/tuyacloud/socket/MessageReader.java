package io.github.tuyacloud.socket;

import io.github.tuyacloud.json.Json;
import io.github.tuyacloud.json.JsonReader;
import io.github.tuyacloud.json.JsonValues;
import io.github.tuyacloud.json.MalformedJsonException;
import io.github.tuyacloud.messages.LiveMessage;
import io.github.tuyacloud.messages.MessageHeader;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Extracts the envelope from a frame, decrypts its content, and creates the typed message. */
final class MessageReader {

    private final PayloadCipher cipher;

    MessageReader(PayloadCipher cipher) {
        this.cipher = cipher;
    }

    /** Reads the message in a frame, with the given number of earlier deliveries in its header. */
    LiveMessage read(Frame frame, int redeliveryCount) throws UnreadableException {
        JsonReader envelope = new JsonReader(object(decode(frame.payload(), "payload"), "envelope"));
        byte[] data = decode(encrypted(envelope), "data");
        byte[] decrypted = cipher.decrypt(data, frame.properties().get("em"));
        Integer protocol = envelope.integer("protocol");
        MessageHeader header = new MessageHeader(
                frame.messageId(),
                protocol == null ? -1 : protocol,
                JsonValues.instant(envelope.number("t")),
                frame.publishTime(),
                redeliveryCount,
                frame.key(),
                frame.properties(),
                envelope.extra());
        return MessageTypes.typed(header, object(decrypted, "decrypted content"));
    }

    /** Returns the encrypted content, which has another name in smart business projects. */
    private static @Nullable String encrypted(JsonReader envelope) {
        String data = envelope.text("data");
        String other = envelope.text("encryptPayload");
        return data == null || data.isEmpty() && other != null ? other : data;
    }

    private static byte[] decode(@Nullable String base64, String what) throws UnreadableException {
        if (base64 == null) {
            throw new UnreadableException("its " + what + " is missing");
        }
        try {
            return Base64.getDecoder().decode(withoutLineBreaks(base64));
        } catch (IllegalArgumentException e) {
            throw new UnreadableException("its " + what + " is not Base64");
        }
    }

    /** Removes the line breaks that some encoders insert. */
    private static String withoutLineBreaks(String base64) {
        return base64.indexOf('\n') < 0 ? base64 : base64.replace("\r", "").replace("\n", "");
    }

    /** Reads a JSON object, which may be encoded a second time as a JSON string. */
    private static Map<String, @Nullable Object> object(byte[] json, String what) throws UnreadableException {
        try {
            Object value = Json.read(json, Frame.MAX_VALUES);
            Map<String, @Nullable Object> object =
                    JsonValues.object(value instanceof String text ? Json.read(text, Frame.MAX_VALUES) : value);
            if (object != null) {
                return object;
            }
        } catch (MalformedJsonException e) {
            // Reported below without quoting the content.
        }
        throw new UnreadableException("its " + what + " is not a JSON object");
    }
}
