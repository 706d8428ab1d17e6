package io.github.tuyacloud.support;

import java.net.Socket;
import okhttp3.OkHttpClient;

/** The kind of socket that a client's requests use. */
public enum Sockets {
    /** Sockets that the library creates. */
    LIBRARYS,
    /** Sockets from the user's own factory. */
    USERS,
    /** Sockets that OkHttp creates to a SOCKS proxy. */
    SOCKS;

    /** Configures a client for a server on this port, which must act as a {@link SocksProxy} for {@link #SOCKS}. */
    public OkHttpClient.Builder applyTo(OkHttpClient.Builder http, int port) {
        return switch (this) {
            case LIBRARYS -> http;
            case USERS -> http.socketFactory(new UnconnectedSockets(Socket::new));
            case SOCKS -> http.proxy(SocksProxy.on(port));
        };
    }
}
