package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A minimal client for the tests of the fake cloud, which can corrupt each request before sending it. */
final class TestCaller {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final FakeTuyaCloud fake;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private String token = "";

    TestCaller(FakeTuyaCloud fake) {
        this(fake, Clock.systemUTC());
    }

    TestCaller(FakeTuyaCloud fake, Clock clock) {
        this.fake = fake;
        this.clock = clock;
    }

    /** Fetches a token and uses it from now on. */
    TestCaller login() {
        token = request("GET", "/v1.0/token?grant_type=1")
                .send()
                .path("result")
                .path("access_token")
                .asText();
        return this;
    }

    String token() {
        return token;
    }

    JsonNode get(String target) {
        return request("GET", target).send();
    }

    /** Sends a read that must succeed, and returns its result. */
    JsonNode result(String target) {
        JsonNode response = get(target);
        assertThat(response.path("success").booleanValue())
                .as(response.toString())
                .isTrue();
        return response.path("result");
    }

    /** Sends a read, and returns the code of its refusal; 0 if it succeeded. */
    int code(String target) {
        return get(target).path("code").asInt(0);
    }

    JsonNode send(String method, String target, String body) {
        return request(method, target).body(body).send();
    }

    Request request(String method, String target) {
        return new Request(method, target);
    }

    final class Request {
        private final String method;
        private final String target;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private String signedUrl;
        private String body = "";
        private Duration timeout = Duration.ofSeconds(10);

        Request(String method, String target) {
            this.method = method;
            this.target = target;
            this.signedUrl = decodedAndSorted(target);
            headers.put("client_id", fake.apiKey());
            headers.put("sign_method", "HMAC-SHA256");
            headers.put("t", Long.toString(clock.millis()));
            headers.put("Content-Type", "application/json");
            if (!target.startsWith("/v1.0/token")) {
                headers.put("access_token", token);
            }
        }

        Request body(String text) {
            body = text;
            return this;
        }

        Request header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        /** Omits a header; the signature treats it as empty. */
        Request without(String name) {
            headers.put(name, "");
            return this;
        }

        Request timeout(Duration duration) {
            timeout = duration;
            return this;
        }

        /** Signs this path and query regardless of those sent. */
        Request signing(String url) {
            signedUrl = url;
            return this;
        }

        /** Signs as projects did before July 2021. */
        Request oldSignature() {
            String token = headers.getOrDefault("access_token", "");
            return header("sign", hmac(headers.get("client_id") + token + headers.get("t")));
        }

        JsonNode send() {
            HttpResponse<String> response = exchange();
            try {
                return MAPPER.readTree(response.body());
            } catch (IOException e) {
                throw new IllegalStateException("no JSON: " + response.body(), e);
            }
        }

        HttpResponse<String> exchange() {
            return exchange(BodyHandlers.ofString());
        }

        <T> HttpResponse<T> exchange(HttpResponse.BodyHandler<T> handler) {
            try {
                return http.send(build(), handler);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        HttpRequest build() {
            headers.putIfAbsent("sign", sign());
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(fake.endpoint() + target))
                    .timeout(timeout)
                    .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            headers.forEach((name, value) -> {
                if (!value.isEmpty()) {
                    request.header(name, value);
                }
            });
            return request.build();
        }

        private String sign() {
            String message = headers.get("client_id") + headers.getOrDefault("access_token", "") + headers.get("t");
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.UTF_8));
                return hmac(message + headers.getOrDefault("nonce", "") + method + "\n"
                        + HexFormat.of().formatHex(hash) + "\n" + signedHeaders() + "\n" + signedUrl);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private String signedHeaders() {
            StringBuilder lines = new StringBuilder();
            String names = headers.getOrDefault("Signature-Headers", "");
            for (String name : names.isEmpty() ? new String[0] : names.split(":")) {
                lines.append(name).append(':').append(headers.get(name)).append('\n');
            }
            return lines.toString();
        }
    }

    private String hmac(String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(fake.apiSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decodedAndSorted(String target) {
        int questionMark = target.indexOf('?');
        if (questionMark < 0) {
            return target;
        }
        Map<String, String> query = new TreeMap<>();
        for (String pair : target.substring(questionMark + 1).split("&")) {
            int equals = pair.indexOf('=');
            query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
        }
        StringBuilder url = new StringBuilder(target.substring(0, questionMark));
        query.forEach((key, value) -> url.append(url.indexOf("?") < 0 ? '?' : '&')
                .append(key)
                .append('=')
                .append(value));
        return url.toString();
    }
}
