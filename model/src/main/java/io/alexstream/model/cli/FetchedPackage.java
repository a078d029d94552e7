package io.alexstream.model.cli;

import io.alexstream.model.export.RefusedModelException;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.publish.WorkFolder;
import io.alexstream.model.train.StartingPoint;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A verified local copy of a package, removed when it is closed. Confined to one thread. */
final class FetchedPackage implements AutoCloseable {

    private final String option;
    private final WorkFolder folder;
    private final ModelPackage content;

    private FetchedPackage(String option, WorkFolder folder, ModelPackage content) {
        this.option = option;
        this.folder = folder;
        this.content = content;
    }

    /** Fetches it; null where none was asked for, or where it cannot be had, which is added to the problems. */
    static @Nullable FetchedPackage of(String option, @Nullable String location, Problems problems) throws IOException {
        String uri = problems.location(option, location);
        if (uri == null) {
            return null;
        }
        WorkFolder folder = new WorkFolder();
        try {
            return new FetchedPackage(option, folder, new ModelRepository().fetch(uri, null, folder.path()));
        } catch (ModelLoadException e) {
            folder.close();
            problems.add(option + ": " + e.getMessage());
            return null;
        }
    }

    /** Its files stay until this is closed. */
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
    public void close() {
        folder.close();
    }
}
