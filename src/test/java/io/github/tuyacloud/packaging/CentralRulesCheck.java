package io.github.tuyacloud.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;

/** Run by the release profile once the bundle is made: fails the build when Maven Central would refuse it. */
public final class CentralRulesCheck {
    private CentralRulesCheck() {}

    /** Arguments: the build directory, whether signing was skipped, and whether the upload was. */
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        boolean unsigned = Boolean.parseBoolean(args[1]);
        boolean rehearsal = Boolean.parseBoolean(args[2]);
        Path bundle = directory.resolve("central-publishing").resolve("central-bundle.zip");
        Path snapshot = directory.resolve("central-deferred");
        if (!Files.exists(bundle) && rehearsal && Files.exists(snapshot)) {
            System.out.println(
                    "Not a release: the plugin makes no bundle of a snapshot, so this is one for rehearsal only.");
            CentralBundle.pack(snapshot, bundle);
        }
        if (!Files.exists(bundle)) {
            throw new IllegalStateException("There is no " + bundle + ": the plugin makes none when Maven is offline.");
        }

        SortedMap<String, byte[]> files = CentralBundle.read(bundle);
        List<String> broken = new CentralRules(!unsigned, !rehearsal).brokenBy(files);
        files.keySet().stream()
                .filter(name -> CentralBundle.CHECKSUMS.keySet().stream().noneMatch(name::endsWith))
                .forEach(name -> System.out.println("  " + name));
        if (!broken.isEmpty()) {
            throw new IllegalStateException(
                    "Maven Central would refuse " + bundle + ":\n  - " + String.join("\n  - ", broken));
        }
        System.out.println("The bundle keeps Maven Central's rules" + (unsigned ? ", except that it is not signed" : "")
                + ": " + bundle);
    }
}
