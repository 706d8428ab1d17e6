package io.github.tuyacloud.packaging;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A JDK on this machine.
 *
 * @param home its folder
 * @param version its feature version, such as 17; 0 if unknown
 * @param skipped why it is not used; empty if it is
 */
record Jdk(Path home, int version, String skipped) {
    private static final int OLDEST = 17;

    /** Where JDKs are usually installed; each subfolder, and the Contents/Home in it, may be one. */
    private static final List<String> PLACES = List.of(
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            System.getProperty("user.home") + "/.sdkman/candidates/java",
            System.getProperty("user.home") + "/.jdks",
            "C:/Program Files/Java",
            "C:/Program Files/Eclipse Adoptium");

    /**
     * Returns one JDK of each version from 17 on, the current one first, and those that are skipped. They are searched for
     * in {@code JAVA_HOMES} (separated as in a class path) or, without it, in the usual places.
     */
    static List<Jdk> all() throws IOException {
        List<Path> homes = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"))));
        String named = System.getenv("JAVA_HOMES");
        if (named != null && !named.isBlank()) {
            Stream.of(named.split(File.pathSeparator)).map(Path::of).forEach(homes::add);
        } else {
            for (String place : PLACES) {
                homes.addAll(foldersIn(Path.of(place)));
            }
        }
        Set<Path> seen = new HashSet<>();
        Set<Integer> versions = new HashSet<>();
        List<Jdk> all = new ArrayList<>();
        for (Path home : homes) {
            if (isJava(home) && seen.add(home.toRealPath())) {
                all.add(of(home.toRealPath(), versions));
            }
        }
        return all;
    }

    /** Returns the path of a tool, such as {@code javac}. */
    String tool(String name) {
        return tool(home, name).toString();
    }

    @Override
    public String toString() {
        return "JDK " + version + " (" + home + ")";
    }

    private static Jdk of(Path home, Set<Integer> versions) throws IOException {
        int version = versionOf(home);
        String skipped = "";
        if (version == 0) {
            skipped = "its version is unknown";
        } else if (version < OLDEST) {
            skipped = "it is older than " + OLDEST;
        } else if (!isFile(tool(home, "javac"))) {
            skipped = "it has no compiler";
        } else if (!versions.add(version)) {
            skipped = "another " + version + " is used";
        }
        return new Jdk(home, version, skipped);
    }

    private static int versionOf(Path home) throws IOException {
        if (home.equals(Path.of(System.getProperty("java.home")).toRealPath())) {
            return Runtime.version().feature();
        }
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return 0;
        }
        Properties facts = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            facts.load(reader);
        }
        String[] parts =
                facts.getProperty("JAVA_VERSION", "\"0\"").replace("\"", "").split("[^0-9]+");
        int first = Integer.parseInt(parts[0]);
        return first == 1 && parts.length > 1 ? Integer.parseInt(parts[1]) : first;
    }

    private static List<Path> foldersIn(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(place)) {
            return found.sorted()
                    .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home")))
                    .toList();
        }
    }

    private static boolean isJava(Path home) {
        return isFile(tool(home, "java"));
    }

    private static boolean isFile(Path tool) {
        return Files.isRegularFile(tool);
    }

    private static Path tool(Path home, String name) {
        return home.resolve("bin").resolve(File.separatorChar == '\\' ? name + ".exe" : name);
    }
}
