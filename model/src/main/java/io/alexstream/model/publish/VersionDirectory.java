package io.alexstream.model.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A directory {@code <repository>/<name>/<version>} that belongs to one writer: whoever creates it has the number. Two
 * processes never get the same one, since creating a directory either makes it or fails.
 */
record VersionDirectory(Path path, int version) {

    /** The manifest's own rule for names; asked before a path is made of one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    /** Takes the number after the highest that is there, whether its package is finished or not. */
    static VersionDirectory claim(Path repository, String name) throws IOException {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name must be 1 to 100 letters, digits, dots, dashes or underscores, was '" + name + "'");
        }
        Path versions =
                Files.createDirectories(repository.toAbsolutePath().normalize().resolve(name));
        for (int version = highest(versions) + 1; ; version++) {
            Path path = versions.resolve(Integer.toString(version));
            try {
                return new VersionDirectory(Files.createDirectory(path), version);
            } catch (FileAlreadyExistsException e) {
                // Another writer was faster: its number is taken, the next one may be free.
            }
        }
    }

    private static int highest(Path versions) throws IOException {
        try (Stream<Path> entries = Files.list(versions)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[1-9][0-9]{0,8}"))
                    .mapToInt(Integer::parseInt)
                    .max()
                    .orElse(0);
        }
    }

    /** Removes everything of a package that did not come about. */
    void remove() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(path)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path entry : deepestFirst) {
            Files.deleteIfExists(entry);
        }
    }
}
