package io.github.tuyacloud.socket;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Opens WebSockets without extensions. OkHttp always offers compression, and a few compressed kilobytes can expand to a
 * message of any size. A server that uses extensions that were not offered is rejected.
 */
final class WithoutCompression implements Interceptor {

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    @Override
    public Response intercept(Chain chain) throws IOException {
        Response response = chain.proceed(
                chain.request().newBuilder().removeHeader(EXTENSIONS).build());
        if (response.headers(EXTENSIONS).stream().allMatch(String::isBlank)) {
            return response;
        }
        // The connection must not be reused: the bytes that follow are not HTTP.
        chain.call().cancel();
        response.close();
        throw new ProtocolViolationException(
                "the message service accepted the handshake with extensions that were not offered");
    }
}
