package io.github.tuyacloud.http;

import java.util.Map;

/**
 * One request, ready to be sent.
 *
 * @param method the HTTP method
 * @param url the whole URL, encoded
 * @param headers all headers
 * @param body the bytes to send, not to be changed; sent with every method except GET
 */
public record HttpRequest(HttpMethod method, String url, Map<String, String> headers, byte[] body) {}
