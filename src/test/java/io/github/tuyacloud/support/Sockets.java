package io.github.tuyacloud.support;

import java.net.Socket;
import okhttp3.OkHttpClient;

/** Over whose sockets a client's requests go. */
public enum Sockets {
    /** Over those that the library creates. */
    LIBRARYS,
    /** Over those of the user's own factory. */
    USERS,
    /** Over those that OkHttp creates to a SOCKS proxy. */
    SOCKS;

    /** Sets up a client for a server on this port, which answers as a {@link SocksProxy} if that is asked for. */
    public OkHttpClient.Builder applyTo(OkHttpClient.Builder http, int port) {
        return switch (this) {
            case LIBRARYS -> http;
            case USERS -> http.socketFactory(new UnconnectedSockets(Socket::new));
            case SOCKS -> http.proxy(SocksProxy.on(port));
        };
    }
}
