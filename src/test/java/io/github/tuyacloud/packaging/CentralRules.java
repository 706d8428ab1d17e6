package io.github.tuyacloud.packaging;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What Maven Central asks of a bundle before it takes it.
 *
 * @param signed whether there must be signatures; signing can be skipped when nothing is uploaded
 * @param release whether the version must be that of a release; a snapshot is good enough for a rehearsal
 */
record CentralRules(boolean signed, boolean release) {
    private static final long LARGEST = 1L << 30;

    /** The rules that a bundle breaks, in words; its files are given by path. */
    List<String> brokenBy(SortedMap<String, byte[]> files) throws IOException {
        List<String> poms =
                files.keySet().stream().filter(path -> path.endsWith(".pom")).toList();
        if (poms.size() != 1) {
            return List.of("there must be one pom, not " + poms.size() + ": " + poms);
        }
        String[] path = poms.get(0).split("/");
        if (path.length < 4) {
            return List.of("not laid out as group/artifact/version/: " + poms.get(0));
        }
        String version = path[path.length - 2];
        String artifactId = path[path.length - 3];
        String groupId = String.join(".", List.of(path).subList(0, path.length - 3));
        String folder = poms.get(0).substring(0, poms.get(0).lastIndexOf('/') + 1);
        String start = folder + artifactId + "-" + version;

        List<String> broken = new ArrayList<>();
        if (release && version.endsWith("-SNAPSHOT")) {
            broken.add("the version is that of a snapshot: " + version);
        }
        if (!poms.get(0).equals(start + ".pom")) {
            broken.add("the pom is not named after its place: " + poms.get(0));
        }
        broken.addAll(new PomRules(groupId, artifactId, version).brokenBy(files.get(poms.get(0))));
        broken.addAll(jar(files, start + ".jar", ".class"));
        broken.addAll(jar(files, start + "-sources.jar", ".java"));
        broken.addAll(jar(files, start + "-javadoc.jar", ".html"));
        files.forEach((name, content) -> broken.addAll(file(files, start, name, content)));
        if (files.values().stream().mapToLong(content -> content.length).sum() > LARGEST) {
            broken.add("the bundle is larger than 1 GB");
        }
        return broken;
    }

    private static Collection<String> jar(Map<String, byte[]> files, String name, String content) throws IOException {
        byte[] jar = files.get(name);
        if (jar == null) {
            return List.of("there is no " + name);
        }
        return CentralBundle.unzip(jar).keySet().stream().anyMatch(file -> file.endsWith(content))
                ? List.of()
                : List.of("no " + content + " file is in " + name);
    }

    private List<String> file(Map<String, byte[]> files, String start, String name, byte[] content) {
        List<String> broken = new ArrayList<>();
        if (!name.startsWith(start + ".") && !name.startsWith(start + "-")) {
            broken.add("does not belong to " + start + ": " + name);
        }
        String ending = name.substring(name.lastIndexOf('.'));
        String original = name.substring(0, name.length() - ending.length());
        boolean signature = ending.equals(".asc");
        String algorithm = CentralBundle.CHECKSUMS.get(ending);
        if ((signature || algorithm != null) && !files.containsKey(original)) {
            broken.add("there is nothing that it is for: " + name);
        } else if (algorithm != null) {
            String expected = CentralBundle.checksum(algorithm, files.get(original));
            if (!expected.equalsIgnoreCase(new String(content, US_ASCII).strip())) {
                broken.add("a wrong checksum: " + name);
            }
        } else if (signature) {
            if (!new String(content, US_ASCII).startsWith("-----BEGIN PGP SIGNATURE-----")) {
                broken.add("not a signature in ASCII: " + name);
            }
        } else {
            Stream.of(".md5", ".sha1", signed ? ".asc" : ".md5")
                    .distinct()
                    .filter(needed -> !files.containsKey(name + needed))
                    .forEach(needed -> broken.add("there is no " + name + needed));
        }
        return broken;
    }
}
