package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {

    @TempDir
    private Path directory;

    @Test
    void countsFilesAndNotWhatIsGone() throws Exception {
        Files.writeString(
                Files.createDirectories(directory.resolve("a").resolve("b")).resolve("c"), "");
        Files.writeString(directory.resolve("d"), "");

        assertThat(Folders.files(directory)).isEqualTo(2);
        assertThat(Folders.files(directory.resolve("gone"))).isZero();
    }
}
