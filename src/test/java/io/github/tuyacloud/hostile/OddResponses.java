package io.github.tuyacloud.hostile;

import io.github.tuyacloud.hostile.FaultyServer.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Responses with an ambiguous end, which can leave bytes on the connection that belong to no request. */
final class OddResponses {

    private static final String TYPE = "Content-Type: application/json\r\n";
    private static final String STALE = "{\"success\":true,\"t\":1709294400000,\"result\":\"stale\"}";

    private OddResponses() {}

    /** Returns a response with a JSON body. */
    static String of(Fault odd, String json) throws IOException {
        String success = "HTTP/1.1 200 OK\r\n" + TYPE + length(json) + "\r\n" + json;
        String stale = "HTTP/1.1 200 OK\r\n" + TYPE + length(STALE) + "\r\n" + STALE;
        String chunked = "HTTP/1.1 200 OK\r\n" + TYPE + "Transfer-Encoding: chunked\r\n";
        String chunks = "\r\n" + Integer.toHexString(json.length()) + "\r\n" + json + "\r\n0\r\n";
        return switch (odd) {
            case ODD_204_WITH_A_BODY -> "HTTP/1.1 204 No Content\r\n\r\n" + stale;
            case ODD_204_WITH_A_LENGTH -> "HTTP/1.1 204 No Content\r\n" + length(json) + "\r\n" + json;
            case ODD_304_WITH_A_BODY -> "HTTP/1.1 304 Not Modified\r\n\r\n" + json + stale;
            case ODD_EMPTY_BODY -> "HTTP/1.1 200 OK\r\n" + TYPE + "Content-Length: 0\r\n\r\n" + stale;
            case ODD_LENGTH_TOO_SHORT ->
                "HTTP/1.1 200 OK\r\n" + TYPE + length(json.substring(1)) + "\r\n" + json + stale;
            case ODD_TWO_LENGTHS ->
                "HTTP/1.1 200 OK\r\n" + TYPE + "Content-Length: 5\r\n" + length(json) + "\r\n" + json;
            case ODD_LENGTH_AND_CHUNKS -> chunked + "Content-Length: 5\r\n" + chunks + "\r\n";
            case ODD_JUNK_BEHIND -> success + "junk";
            case ODD_LINES_BEHIND -> success + "\r\n\r\n";
            case ODD_103_BEHIND -> success + "HTTP/1.1 103 Early Hints\r\n\r\n";
            case ODD_103_AND_SURPLUS_BEHIND -> success + "HTTP/1.1 103 Early Hints\r\n\r\n" + stale;
            case ODD_TRAILERS -> chunked + chunks + "HTTP/1.1 200 OK\r\nX: y\r\n: z\r\n\r\n";
            case ODD_CHUNKS_BEFORE_SURPLUS -> chunked + chunks + "\r\n" + stale;
            case ODD_GZIP_BEFORE_JUNK -> {
                String zipped = zipped(json) + stale;
                yield "HTTP/1.1 200 OK\r\n" + TYPE + "Content-Encoding: gzip\r\n" + length(zipped) + "\r\n" + zipped;
            }
            case ODD_HTTP_10 -> success.replace("HTTP/1.1", "HTTP/1.0") + stale;
            case ODD_CLOSE_WITHOUT_CLOSING -> success.replace(TYPE, TYPE + "Connection: close\r\n") + stale;
            default -> throw new IllegalArgumentException(odd.toString());
        };
    }

    private static String length(String body) {
        return "Content-Length: " + body.length() + "\r\n";
    }

    private static String zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
