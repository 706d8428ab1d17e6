package io.github.tuyacloud.json;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.tuyacloud.support.SpecialFiles;
import io.github.tuyacloud.support.SpecialFiles.Kind;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a pipe that replaces a file after its type was checked delays the caller only for a limited time. */
class RegularFileTest {

    @TempDir
    Path folder;

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void readInTime_pipeInPlaceOfTheFile_ends() throws IOException {
        Path pipe = folder.resolve("pipe");
        SpecialFiles.create(pipe, Kind.PIPE);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RegularFile.readInTime(pipe, 1, 10))
                .withMessageContaining("it could not be opened and read within 10 ms");
    }

    @Test
    @Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
    void closeToOthers_pipeInPlaceOfTheFile_isRefusedInTime() throws IOException {
        Path pipe = folder.resolve("pipe");
        SpecialFiles.create(pipe, Kind.PIPE);

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> RegularFile.closeToOthers(pipe, 10))
                .withMessageContaining("it could not be opened and read within 10 ms");
    }
}
