package io.alexstream.model.cli;

import io.alexstream.model.export.RefusedModelException;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.train.StartingPoint;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A verified local copy of a package, removed when it is closed. Confined to one thread. */
final class FetchedPackage implements AutoCloseable {

    private final String option;
    private final Path directory;
    private final ModelPackage content;

    private FetchedPackage(String option, Path directory, ModelPackage content) {
        this.option = option;
        this.directory = directory;
        this.content = content;
    }

    /** Fetches it; null where none was asked for, or where it cannot be had, which is added to the problems. */
    static @Nullable FetchedPackage of(String option, @Nullable String uri, Problems problems) throws IOException {
        if (uri == null) {
            return null;
        }
        Path directory = Files.createTempDirectory("alexstream-package-");
        try {
            return new FetchedPackage(option, directory, new ModelRepository().fetch(uri, null, directory));
        } catch (ModelLoadException e) {
            remove(directory);
            problems.add(option + ": " + e.getMessage());
            return null;
        }
    }

    ModelPackage content() {
        return content;
    }

    /** To train from it; where that cannot be, a fresh one, and the reason among the problems. */
    StartingPoint startingPoint(Problems problems) throws IOException {
        try {
            return StartingPoint.of(content);
        } catch (RefusedModelException e) {
            problems.add(option + ": " + e.getMessage());
            return StartingPoint.fresh(KnownNetwork.ALEXNET, false);
        }
    }

    @Override
    public void close() throws IOException {
        remove(directory);
    }

    private static void remove(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(directory)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path entry : deepestFirst) {
            Files.deleteIfExists(entry);
        }
    }
}
