package io.github.tuyacloud.brokers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A version of Apache Pulsar to test against, with its class path and the way to start it. */
enum BrokerVersion {
    /** Does not support negative acknowledgments; acknowledging one message of a batch acknowledges the whole batch. */
    PULSAR_2_7("2.7") {
        @Override
        List<String> configuration(int storePort) {
            return List.of(
                    "zookeeperServers=127.0.0.1:" + storePort, "configurationStoreServers=127.0.0.1:" + storePort);
        }

        @Override
        List<String> storeArguments(Path folder, int storePort) {
            return List.of(
                    "--zookeeper-dir", folder.resolve("zookeeper").toString(),
                    "--zookeeper-port", String.valueOf(storePort));
        }
    },

    PULSAR_4_0("4.0") {
        @Override
        List<String> configuration(int storePort) {
            return List.of();
        }

        @Override
        List<String> storeArguments(Path folder, int storePort) {
            String metadata = folder.resolve("metadata").toString();
            return List.of("--metadata-dir", metadata, "--metadata-url", "rocksdb://" + metadata);
        }
    };

    private final String number;

    BrokerVersion(String number) {
        this.number = number;
    }

    /** Returns the versions named by the property {@code brokers}. */
    static List<BrokerVersion> selected() {
        List<String> numbers = List.of(System.getProperty("brokers").split(","));
        List<BrokerVersion> selected = List.of(values()).stream()
                .filter(version -> numbers.contains(version.number))
                .toList();
        if (selected.isEmpty()) {
            throw new IllegalArgumentException("-Dbrokers=" + numbers + " names none of 2.7 and 4.0");
        }
        return selected;
    }

    /** Returns the lines that only this version needs in its configuration file. */
    abstract List<String> configuration(int storePort);

    /** Returns the command line arguments for the store that holds the broker's metadata. */
    abstract List<String> storeArguments(Path folder, int storePort);

    String classPath() throws IOException {
        return Files.readString(liveDirectory().resolve("pulsar-" + number + ".classpath"))
                .strip();
    }

    /** Returns the folder in which a broker of this version may keep its files. */
    Path folder(String name) {
        return liveDirectory().resolve(name + "-" + number);
    }

    private static Path liveDirectory() {
        return Path.of(System.getProperty("liveDirectory")).normalize().toAbsolutePath();
    }

    @Override
    public String toString() {
        return "Pulsar " + number;
    }
}
