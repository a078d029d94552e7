package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

    @TempDir
    private Path directory;

    @Test
    void areMadeInAFolderWithASpace() throws Exception {
        Credentials made = Credentials.make(Files.createDirectories(directory.resolve("a b")));

        assertThat(made.keyStore()).isNotEmptyFile();
        assertThat(made.trustStore()).isNotEmptyFile();
    }
}
