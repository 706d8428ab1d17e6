package io.github.tuyacloud.socket;

import io.github.tuyacloud.config.Region;
import io.github.tuyacloud.http.Endpoint;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses of the message service: the hosts of each region, or a fake cloud. */
public final class MessageHosts {

    private static final int PORT = 8285;

    private MessageHosts() {}

    /**
     * Returns the base URLs for a client. If its calls go to this machine, its messages come from there, too: a fake
     * cloud serves both on one port, and the real service does not know its key.
     *
     * @param region the client's region
     * @param endpoint the base URL that its calls go to instead of the region's host, or null
     * @return the base URLs in the order in which to try them
     */
    public static List<String> of(Region region, @Nullable String endpoint) {
        return endpoint != null && Endpoint.isLoopback(endpoint)
                ? List.of("ws" + endpoint.substring("http".length()))
                : of(region);
    }

    /**
     * Returns the base URLs in the order in which to try them. For two regions, Tuya's connector uses another host than
     * other clients; that host comes second. In Singapore, clients use one of two hosts.
     */
    static List<String> of(Region region) {
        Stream<String> hosts =
                switch (region) {
                    case CN -> Stream.of("mqe.tuyacn.com");
                    case US -> Stream.of("mqe.tuyaus.com");
                    case US_EAST -> Stream.of("mqe-ueaz.tuyaus.com", "mqe.tuyaus.com");
                    case EU -> Stream.of("mqe.tuyaeu.com");
                    case EU_WEST -> Stream.of("mqe-weaz.tuyaeu.com", "mqe.tuyaeu.com");
                    case IN -> Stream.of("mqe.tuyain.com");
                    case SG -> Stream.of("mqe-sg.iotbing.com", "mqe.tuyasg.com");
                };
        return hosts.map(host -> "wss://" + host + ":" + PORT).toList();
    }
}
