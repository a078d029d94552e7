package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.CheckedPackage;
import io.alexstream.model.publish.ClaimedVersion;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Brings a checked package to where jobs read it, under a number that may be published. Confined to one thread. */
final class Placement {

    private final PackageRepository repository;
    private final Function<String, @Nullable PublishedUpdate> newest;
    private final boolean force;
    private final Terminal err;

    /**
     * @param newest the newest update of a model, or null
     * @param force also a version that is not higher than the newest update's
     */
    Placement(
            PackageRepository repository,
            Function<String, @Nullable PublishedUpdate> newest,
            boolean force,
            Terminal err) {
        this.repository = repository;
        this.newest = newest;
        this.force = force;
        this.err = err;
    }

    /**
     * Copies the package, unless it lies in the repository already.
     *
     * @param wanted its number there, where that is free and the highest; else it gets the next free one
     * @throws PublishException where a version as high is published; a package that was copied before that showed stays
     */
    ModelRef place(CheckedPackage checked, int wanted) throws IOException {
        ModelRef ref = checked.ref();
        if (repository.holds(ref)) {
            requireNewer(ref.name(), ref.version());
            return new ModelRef(ref.name(), ref.version(), repository.uriOf(ref.name(), ref.version()), ref.sha256());
        }
        ClaimedVersion claimed = repository.claim(ref.name(), wanted);
        requireNewer(ref.name(), claimed);
        ModelRef placed = claimed.fill(checked, new StepProgress(err));
        // Copying takes a while: another publisher may have been faster. The package stays: it is one of the
        // repository's by now.
        requireNewer(placed.name(), placed.version());
        return placed;
    }

    private void requireNewer(String name, ClaimedVersion claimed) {
        try {
            requireNewer(name, claimed.version());
        } catch (RuntimeException e) {
            try {
                claimed.release();
            } catch (IOException inTheWay) {
                e.addSuppressed(inTheWay);
            }
            throw e;
        }
    }

    private void requireNewer(String name, int version) {
        PublishedUpdate published = newest.apply(name);
        ModelUpdate update = published == null ? null : published.update();
        if (!force && update != null && version <= update.version()) {
            throw new PublishException(name + " " + version + " is not newer than the newest update, version "
                    + update.version() + " (published " + update.publishedAt() + "); 'model rollback --name " + name
                    + " --to N' goes back, --force publishes it all the same");
        }
    }
}
