package io.alexstream.model.report;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.train.EpochFigures;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a manifest says of how its model came to be, as far as a report shows it. The manifest's part is free in form: all of it may
 * be missing. Immutable.
 *
 * @param source {@code train}, {@code init} or {@code import}
 * @param from where the training began: a package's URI or {@code init}
 * @param history one an epoch
 */
record TrainingLog(
        @Nullable String source,
        @Nullable String network,
        @Nullable Long parameters,
        @Nullable String from,
        @Nullable RecipeName recipe,
        @Nullable String precision,
        @Nullable Long seed,
        @Nullable Integer trainImages,
        @Nullable Integer heldOutImages,
        @Nullable List<EpochFigures> history) {

    private static final TrainingLog NONE = new TrainingLog(null, null, null, null, null, null, null, null, null, null);

    /** Of the recipe, what it is called. */
    record RecipeName(
            @Nullable String name,
            @Nullable Integer epochs,
            @Nullable Integer batchSize) {}

    static TrainingLog of(ModelManifest manifest) {
        try {
            TrainingLog log =
                    Json.fromBytes(Json.toBytes(manifest), Manifest.class).training();
            return log == null ? NONE : log;
        } catch (IOException | IllegalArgumentException e) {
            // Free in form: written by another program, it may be anything.
            return NONE;
        }
    }

    /** The manifest as far as it is read here. */
    record Manifest(@Nullable TrainingLog training) {}

    /** The epochs that have figures, since of a foreign manifest anything may be null; none where the model was not trained by this program. */
    List<EpochFigures> epochs() {
        if (history == null) {
            return List.of();
        }
        return history.stream()
                .filter(epoch -> epoch != null && epoch.train() != null && epoch.heldOut() != null)
                .toList();
    }
}
