package io.alexstream.model.train;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Weights;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is to be trained, and how. Immutable.
 *
 * @param start the weights to begin with
 * @param startName where they are from: a package's URI or {@code init}
 * @param threads of libtorch; with one, two runs of the same plan give the same weights to the bit
 */
public record TrainingPlan(
        KnownNetwork kind,
        Network network,
        Weights start,
        String startName,
        Recipe recipe,
        Freeze freeze,
        Precision precision,
        long seed,
        int threads) {

    public TrainingPlan {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be 1 or more, was " + threads);
        }
    }

    /** The frames that the network takes. */
    public InputSpec input() {
        return new InputSpec(
                network.input().height(),
                network.input().width(),
                kind.resize(),
                InputSpec.CENTER,
                InputSpec.BILINEAR_ANTIALIAS);
    }

    /** What must not change between a checkpoint and its resumption, by the name of the option that says it. */
    Map<String, String> identity(TrainingSet images) {
        Map<String, String> identity = new LinkedHashMap<>();
        identity.put("the network", network.name() + (network.hasLrn() ? " with LRN" : ""));
        identity.put("--from", startName);
        identity.put("--preset", recipe.name());
        identity.put("--epochs", Integer.toString(recipe.epochs()));
        identity.put("the preset's numbers", recipe.toString());
        identity.put("--freeze", freeze.name());
        identity.put("--precision", precision.name());
        identity.put("--seed", Long.toString(seed));
        identity.put(
                "the labelled images",
                images.train().size() + " to train with and " + images.heldOut().size() + " held out, sha-256 "
                        + images.fingerprint());
        return identity;
    }
}
