package io.github.tuyacloud.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.tuyacloud.DevicesFile;
import io.github.tuyacloud.config.AccessToken;
import io.github.tuyacloud.config.FileTokenStore;
import io.github.tuyacloud.config.TinytuyaConfig;
import io.github.tuyacloud.exception.TuyaConfigException;
import io.github.tuyacloud.model.Device;
import io.github.tuyacloud.support.SpecialFiles;
import io.github.tuyacloud.support.SpecialFiles.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that devices, pipes, sockets, folders and links to them are refused immediately and left unchanged. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD) // opening a pipe cannot be interrupted
class SpecialFilesTest {

    private static final AccessToken TOKEN = new AccessToken("token0", Instant.ofEpochMilli(1_700_000_000_000L));

    @TempDir
    Path folder;

    /** The ways in which the library opens a file. */
    private enum Access {
        READ_CONFIG {
            @Override
            void to(Path file) {
                TinytuyaConfig.read(file);
            }
        },
        READ_DEVICES {
            @Override
            void to(Path file) {
                DevicesFile.read(file);
            }
        },
        WRITE_DEVICES {
            @Override
            void to(Path file) {
                DevicesFile.write(file, List.of(Device.fromMap(Map.of("id", "bf01"))));
            }
        },
        LOAD_TOKEN {
            @Override
            void to(Path file) {
                new FileTokenStore(file).load("key");
            }
        },
        SAVE_TOKEN {
            @Override
            void to(Path file) {
                new FileTokenStore(file).save("key", TOKEN);
            }
        },
        CLEAR_TOKEN {
            @Override
            void to(Path file) {
                new FileTokenStore(file).clear("key");
            }
        };

        abstract void to(Path file);
    }

    static Stream<Arguments> all() {
        return Stream.of(Kind.values())
                .flatMap(kind -> Stream.of(Access.values()).map(access -> Arguments.of(kind, access)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void access_toASpecialFile_isRefusedAndChangesNothing(Kind kind, Access access) throws IOException {
        Path file = folder.resolve("file.json");
        SpecialFiles.create(file, kind);
        Map<String, String> before = SpecialFiles.contents(folder);

        Throwable thrown = catchThrowable(() -> access.to(file));

        assertThat(thrown).isInstanceOfAny(TuyaConfigException.class, UncheckedIOException.class);
        assertThat(thrown.getMessage()).contains(file.toString()).matches(message(kind));
        assertThat(SpecialFiles.contents(folder)).isEqualTo(before);
    }

    private static String message(Kind kind) {
        return switch (kind) {
            case FOLDER, LINK_TO_FOLDER -> ".*it is not a regular file but a folder";
            case LINKS_IN_A_CIRCLE -> ".*(symbolic links).*";
            default -> ".*it is not a regular file but a device, a pipe or a socket";
        };
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void save_specialFileAsLock_isRefusedAndChangesNothing(Kind kind) throws IOException {
        Path file = Files.writeString(folder.resolve("file.json"), "{}");
        SpecialFiles.create(folder.resolve("file.json.lock"), kind);
        Map<String, String> before = SpecialFiles.contents(folder);

        Throwable thrown = catchThrowable(() -> Access.SAVE_TOKEN.to(file));

        assertThat(thrown)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("it is not a regular file but");
        assertThat(SpecialFiles.contents(folder)).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void lock_specialFileAsLock_isRefusedAndChangesNothing(Kind kind) throws IOException {
        Path file = Files.writeString(folder.resolve("file.json"), "{}");
        SpecialFiles.create(folder.resolve("file.json.renewal.lock"), kind);
        Map<String, String> before = SpecialFiles.contents(folder);

        Throwable thrown = catchThrowable(() -> new FileTokenStore(file).lock("key", Duration.ofSeconds(1)));

        assertThat(thrown)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("it is not a regular file but");
        assertThat(SpecialFiles.contents(folder)).isEqualTo(before);
    }

    @Test
    void save_anyFile_lockIsForTheOwnerOnly() throws IOException {
        Path file = folder.resolve("file.json");

        Access.SAVE_TOKEN.to(file);

        assertThat(permissions(folder.resolve("file.json.lock"))).isEqualTo("rw-------");
    }

    @Test
    void save_lockOpenToOthers_isClosedToThem() throws IOException {
        Path file = folder.resolve("file.json");
        Path lock = Files.createFile(folder.resolve("file.json.lock"));
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-r--rw-"));

        Access.SAVE_TOKEN.to(file);

        assertThat(permissions(lock)).isEqualTo("rw-------");
        assertThat(new FileTokenStore(file).load("key")).contains(TOKEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"WRITE_DEVICES", "SAVE_TOKEN"})
    void write_linksToARegularFile_replaceItAndAreKept(Access access) throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path target = Files.writeString(elsewhere.resolve("real.json"), "{}");
        Files.createSymbolicLink(elsewhere.resolve("middle.json"), Path.of("real.json"));
        Path link = Files.createSymbolicLink(folder.resolve("file.json"), Path.of("elsewhere/middle.json"));

        access.to(link);

        assertThat(Files.readSymbolicLink(link)).isEqualTo(Path.of("elsewhere/middle.json"));
        assertThat(target).isRegularFile().content().contains(access == Access.SAVE_TOKEN ? "token0" : "bf01");
        assertThat(permissions(target)).isEqualTo("rw-------");
        assertThat(SpecialFiles.contents(folder)).containsOnlyKeys("elsewhere", "file.json");
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"WRITE_DEVICES", "SAVE_TOKEN"})
    void write_linkToAMissingFile_createsItAndKeepsTheLink(Access access) {
        Path link = createLink("missing.json");

        access.to(link);

        assertThat(link).isSymbolicLink();
        assertThat(folder.resolve("missing.json")).isRegularFile();
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"WRITE_DEVICES", "SAVE_TOKEN", "CLEAR_TOKEN"})
    void write_linkIntoAMissingFolder_isRefused(Access access) throws IOException {
        Path link = createLink("nowhere/file.json");
        Map<String, String> before = SpecialFiles.contents(folder);

        assertThat(catchThrowable(() -> access.to(link))).hasMessageContaining("there is no such folder");

        assertThat(SpecialFiles.contents(folder)).isEqualTo(before);
    }

    @Test
    void load_linkToAMissingFile_isEmpty() {
        assertThat(new FileTokenStore(createLink("missing.json")).load("key")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = Access.class, names = "READ_.*", mode = Mode.MATCH_ALL)
    void read_linkToAMissingFile_namesTheLink(Access access) {
        Path link = createLink("missing.json");

        assertThat(catchThrowable(() -> access.to(link)))
                .hasMessageContaining(link.toString())
                .hasMessageContaining("there is no such file");
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void access_withoutPermission_namesTheReasonAndChangesNothing(Access access) throws IOException {
        Path file = Files.writeString(folder.resolve("file.json"), "{}");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "this user may read everything");

        assertThat(catchThrowable(() -> access.to(file))).hasMessageContaining("permission denied");

        assertThat(permissions(file)).isEqualTo("---------");
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"WRITE_DEVICES", "SAVE_TOKEN"})
    void write_readOnlyFolder_namesTheReasonAndLeavesNothing(Access access) throws IOException {
        Path readOnly = Files.createDirectory(folder.resolve("folder"));
        Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-x------"));
        assumeFalse(Files.isWritable(readOnly), "this user may write everywhere");

        assertThat(catchThrowable(() -> access.to(readOnly.resolve("file.json"))))
                .hasMessageContaining("permission denied. Check that its folder exists and is yours");

        assertThat(readOnly).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(
            value = Access.class,
            names = {"WRITE_DEVICES", "SAVE_TOKEN"})
    void write_longName_createsTheFile(Access access) throws IOException {
        // With its lock, it has exactly 255 characters, the limit of most file systems.
        Path file = folder.resolve("n".repeat(250));

        access.to(file);

        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(SpecialFiles.contents(folder).keySet()).allMatch(name -> name.startsWith("nnn"));
    }

    @Test
    void save_rootOfTheFileSystem_isRefused() {
        assertThat(catchThrowable(() -> Access.SAVE_TOKEN.to(folder.getRoot()))).hasMessageContaining("a folder");
    }

    private Path createLink(String target) {
        try {
            return Files.createSymbolicLink(folder.resolve("file.json"), Path.of(target));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
