package io.alexstream.job.cluster;

import io.alexstream.contract.ModelRef;
import io.alexstream.job.testing.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model repository of a few tiny packages, which can be out of reach. Confined to one thread. */
final class ModelShelf {

    /** Of three, the next is never the one before. */
    private static final int VERSIONS = 3;

    private final Path repository;
    private final Path hidden;
    private final List<ModelRef> versions = new ArrayList<>();
    private int given;

    ModelShelf(Path repository) throws IOException {
        this.repository = repository;
        hidden = repository.resolveSibling(repository.getFileName() + "-out-of-reach");
        for (int seed = 1; seed <= VERSIONS; seed++) {
            versions.add(TinyModel.writeTo(repository, TinyModel.NAME, seed).ref());
        }
    }

    /** What a job begins with. */
    ModelRef first() {
        return versions.get(0);
    }

    /** What was given last, or what a job begins with. */
    ModelRef latest() {
        return versions.get(given % VERSIONS);
    }

    /** Another version than the last time; the first time, another than {@link #first}. */
    ModelRef next() {
        given++;
        return versions.get(given % VERSIONS);
    }

    void hide() throws IOException {
        Files.move(repository, hidden);
    }

    void show() throws IOException {
        Files.move(hidden, repository);
    }
}
