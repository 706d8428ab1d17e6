package io.github.tuyacloud.socket;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Opens WebSockets without extensions: OkHttp always offers compression, with which a few kilobytes become a message of any
 * size in memory. A server that compresses without the offer is refused.
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
        // The connection must not be reused: what follows on it is not HTTP.
        chain.call().cancel();
        response.close();
        throw new ProtocolViolationException(
                "the message service answered the handshake with extensions that were not offered");
    }
}
