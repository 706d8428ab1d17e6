package io.github.tuyacloud.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ServerSocketFactory;

/**
 * Creates server sockets whose connections send everything immediately. Otherwise, Nagle's algorithm holds back the body
 * of each response until the client has acknowledged the head, which takes 40 ms on a reused connection.
 */
final class PromptServerSockets extends ServerSocketFactory {

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return new ServerSocket() {
            @Override
            public Socket accept() throws IOException {
                Socket connection = super.accept();
                connection.setTcpNoDelay(true);
                return connection;
            }
        };
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return createServerSocket(port, 0);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        ServerSocket server = createServerSocket();
        server.bind(new InetSocketAddress(address, port), backlog);
        return server;
    }
}
