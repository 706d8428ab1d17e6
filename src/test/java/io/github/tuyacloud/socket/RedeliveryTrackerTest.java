package io.github.tuyacloud.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tuyacloud.messages.UnreadableMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often messages came before, also when there are more of them than can be remembered. */
class RedeliveryTrackerTest {

    private static final int PLACES = 10_000;

    private final AtomicLong nanos = new AtomicLong();
    private final RedeliveryTracker earlier = new RedeliveryTracker(nanos::get);
    private final SocketClient client = new SocketClient(null, Duration.ofSeconds(20));
    private final Connection connection =
            client.open(new Request.Builder().url("http://127.0.0.1:1/").build(), new Connection.Receiver() {
                @Override
                public void connected() {}

                @Override
                public void frame(Connection from, String text) {}
            });

    @AfterEach
    void close() {
        connection.close(0);
        client.close();
    }

    @Test
    void backlog_longerThanTheMemory_isThroughInAFewRounds() {
        List<String> backlog = new ArrayList<>(
                IntStream.range(0, 2 * PLACES + 1).mapToObj(i -> "m" + i).toList());
        int rounds = 0;
        while (!backlog.isEmpty() && rounds < 100) {
            rounds++;
            for (Iterator<String> each = backlog.iterator(); each.hasNext(); ) {
                Delivery delivery = deliver(each.next());
                if (delivery.redeliveryCount() + 1 >= 3) {
                    earlier.remove(delivery);
                    each.remove();
                } else {
                    earlier.add(delivery);
                }
            }
        }

        assertThat(backlog).isEmpty();
        assertThat(rounds).isLessThanOrEqualTo(9);
    }

    @Test
    void memory_fullOfMessagesThatComeNoMore_makesRoomAfterAnHour() {
        IntStream.range(0, PLACES).forEach(i -> earlier.add(deliver("old" + i)));
        nanos.addAndGet(Duration.ofHours(1).toNanos());
        earlier.add(deliver("old1"));
        earlier.add(deliver("new"));
        assertThat(earlier.count("new")).isZero();

        nanos.addAndGet(1);
        earlier.add(deliver("new"));

        assertThat(earlier.count("new")).isEqualTo(1);
        assertThat(earlier.count("old0")).isZero();
        assertThat(earlier.count("old1")).isEqualTo(2);
    }

    @Test
    void count_afterRemoval_startsAgain() {
        earlier.add(deliver("a"));
        earlier.add(deliver("a"));
        assertThat(earlier.count("a")).isEqualTo(2);

        earlier.remove(deliver("a"));

        assertThat(earlier.count("a")).isZero();
    }

    private Delivery deliver(String id) {
        return Delivery.of(new UnreadableMessage(id, earlier.count(id) + 1, "broken", Map.of(), "x"), connection);
    }
}
