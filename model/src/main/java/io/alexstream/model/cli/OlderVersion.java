package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.PackageLocation;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelRepository;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/** Finds the package of a version that is to serve again, and looks that it is still there. */
final class OlderVersion {

    private final ModelUpdate current;
    private final Terminal err;

    /** @param current the newest update of the model */
    OlderVersion(ModelUpdate current, Terminal err) {
        this.current = current;
        this.err = err;
    }

    /** The repository that holds it: {@code <repository>/<name>/<version>}. */
    static String repositoryOf(ModelUpdate current) {
        return PackageLocation.parent(PackageLocation.parent(current.uri()));
    }

    /**
     * Where it was published last, as far as the compacted topic remembers, else beside the current one.
     *
     * @param history of the model, oldest first
     * @throws ModelLoadException where it is gone
     * @throws PublishException where something else lies there
     */
    ModelRef find(int version, List<PublishedUpdate> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            ModelUpdate old = Objects.requireNonNull(history.get(i).update());
            if (old.version() == version) {
                requireThere(old.modelRef());
                return old.modelRef();
            }
        }
        String uri = repositoryOf(current) + "/" + current.name() + "/" + version;
        ModelRef found = new ModelRepository().identify(uri);
        if (!found.name().equals(current.name()) || found.version() != version) {
            throw new PublishException("the package at " + uri + " calls itself " + found.name() + " " + found.version()
                    + "; it cannot be published as " + current.name() + " " + version);
        }
        return found;
    }

    private void requireThere(ModelRef expected) {
        ModelRef found;
        try {
            found = new ModelRepository().identify(expected.uri());
        } catch (ModelLoadException e) {
            if (e.isPermanent() && !isOutOfReach(e)) {
                throw e;
            }
            err.print("not looked at from here, the jobs will check it: " + e.getMessage());
            return;
        }
        if (!found.sha256().equals(expected.sha256())) {
            throw new PublishException("the package at " + expected.uri()
                    + " is not the one that was published as version " + expected.version()
                    + ": its manifest has another checksum; publish it as a new version");
        }
    }

    /** This machine may lack the store's plugin or rights; in an emergency that must not keep jobs from going back. */
    private static boolean isOutOfReach(ModelLoadException e) {
        return e.getCause() instanceof UnsupportedFileSystemSchemeException;
    }
}
