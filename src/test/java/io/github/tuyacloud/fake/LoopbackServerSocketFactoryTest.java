package io.github.tuyacloud.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Checks when the fake learns that a connection has ended. */
@Timeout(30)
class LoopbackServerSocketFactoryTest {

    private final LoopbackServerSocketFactory factory = new LoopbackServerSocketFactory(false);
    private final AtomicInteger closed = new AtomicInteger();

    private Socket client;
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket server = factory.createServerSocket(0)) {
            client = new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort());
            served = server.accept();
        }
        served.getInputStream();
        LoopbackServerSocketFactory.whenConnectionCloses(closed::incrementAndGet);
    }

    @Test
    void connection_resetByTheClient_isClosedByTheFailingWrite() throws IOException {
        OutputStream output = served.getOutputStream();
        client.setSoLinger(true, 0);
        client.close();

        assertThatThrownBy(() -> writeForever(output)).isInstanceOf(IOException.class);
        assertThat(served.isClosed()).isTrue();
        assertThat(closed).hasValue(1);
    }

    @Test
    void connection_cut_notifiesOnce() throws IOException {
        factory.cutConnections();
        served.close();

        assertThat(closed).hasValue(1);
        client.close();
    }

    @Test
    void whenConnectionCloses_closedAlready_notifiesImmediately() throws IOException {
        served.close();
        LoopbackServerSocketFactory.whenConnectionCloses(() -> closed.addAndGet(10));

        assertThat(closed).hasValue(11);
        client.close();
    }

    private static void writeForever(OutputStream output) throws IOException {
        while (true) {
            output.write(new byte[1024]);
        }
    }
}
