package io.github.tuyacloud.support;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;

/**
 * A SOCKS proxy and the server behind it in one: the server accepts the greeting and then continues as if the client
 * had connected directly, so no bytes are buffered in between.
 */
public final class SocksProxy {

    private static final int VERSION = 5;
    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV4_LENGTH = 4;
    private static final int PORT_LENGTH = 2;

    private SocksProxy() {}

    /** Returns the proxy setting for a server on this port of the loopback interface. */
    public static Proxy on(int port) {
        return new Proxy(Proxy.Type.SOCKS, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /** Accepts the greeting and the request of a client, without authentication and for any target. */
    public static void greet(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        expect(in, VERSION);
        skip(in, next(in));
        socket.getOutputStream().write(new byte[] {VERSION, 0});
        expect(in, VERSION);
        expect(in, 1);
        expect(in, 0);
        int kind = next(in);
        if (kind != IPV4 && kind != NAME) {
            throw new IOException("address of kind " + kind);
        }
        skip(in, (kind == IPV4 ? IPV4_LENGTH : next(in)) + PORT_LENGTH);
        socket.getOutputStream().write(new byte[] {VERSION, 0, 0, IPV4, 127, 0, 0, 1, 0, 80});
    }

    private static void expect(InputStream in, int value) throws IOException {
        int found = next(in);
        if (found != value) {
            throw new IOException("not SOCKS 5: " + found);
        }
    }

    private static void skip(InputStream in, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            next(in);
        }
    }

    private static int next(InputStream in) throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException();
        }
        return next;
    }
}
