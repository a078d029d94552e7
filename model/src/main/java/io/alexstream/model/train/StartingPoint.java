package io.alexstream.model.train;

import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.StoredModel;
import io.alexstream.model.network.GrownWeights;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Weights;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What training begins with: nothing, or a package. Immutable; a package's files must stay while it is used.
 *
 * @param name the package's URI, or {@code init}
 * @param labels of the package, in its order; none for a fresh start
 * @param stored the package's network, or null
 * @param parent the package's manifest, or null
 */
public record StartingPoint(
        KnownNetwork kind,
        boolean lrn,
        String name,
        List<String> labels,
        @Nullable StoredModel stored,
        @Nullable ModelManifest parent) {

    public StartingPoint {
        labels = List.copyOf(labels);
    }

    /** First weights. */
    public static StartingPoint fresh(KnownNetwork kind, boolean lrn) {
        return new StartingPoint(kind, lrn, "init", List.of(), null, null);
    }

    /**
     * The weights of a package.
     *
     * @throws io.alexstream.model.export.RefusedModelException where it is no network of ours
     */
    public static StartingPoint of(ModelPackage source) throws IOException {
        List<String> labels = source.manifest().labels();
        StoredModel stored = StoredModel.read(source.directory(), labels.size());
        return new StartingPoint(
                stored.kind(), stored.network().hasLrn(), source.ref().uri(), labels, stored, source.manifest());
    }

    /** The version to name as parent of a package of that name, or null. */
    public @Nullable Integer parentVersion(String packageName) {
        return parent != null && parent.name().equals(packageName) ? (Integer) parent.version() : null;
    }

    /** The network for so many classes. */
    public Network network(int classes) {
        return kind.of(classes, lrn);
    }

    /** Its weights; classes beyond the package's own get first weights. */
    public Weights weights(int classes, long seed) {
        Network network = network(classes);
        Weights first = new InitialWeights(network, Initialization.he(), seed);
        return stored == null ? first : new GrownWeights(stored.weights(), stored.network(), network, first);
    }
}
