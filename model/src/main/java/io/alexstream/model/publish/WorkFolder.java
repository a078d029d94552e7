package io.alexstream.model.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder that is gone after {@link #close}, and after Ctrl-C too. Safe for concurrent use: it has no state. */
public final class WorkFolder implements AutoCloseable {

    private final Path path;
    private final Thread onExit;

    public WorkFolder() throws IOException {
        path = Files.createTempDirectory("alexstream-publish-");
        onExit = new Thread(this::remove, "remove-" + path.getFileName());
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (IllegalStateException e) {
            // The process ends already, and the hook runs or has run.
        }
    }

    /** Best effort: what cannot be removed lies where the system cleans up. */
    private void remove() {
        try (Stream<Path> tree = Files.walk(path)) {
            List<Path> deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
            for (Path entry : deepestFirst) {
                Files.deleteIfExists(entry);
            }
        } catch (IOException | UncheckedIOException e) {
            // gone already
        }
    }
}
