package io.alexstream.image;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Real and hostile pictures that lie outside the project; a test that asks for them is skipped where they are absent. */
final class SharedFiles {

    private SharedFiles() {}

    static Path at(String path) {
        Path file = Path.of(System.getProperty("alexstream.shared", "absent"), path);
        assumeThat(file)
                .as("files outside the project, named by alexstream.shared")
                .exists();
        return file;
    }

    static byte[] bytes(String path) {
        try {
            return Files.readAllBytes(at(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
