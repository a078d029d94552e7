package io.alexstream.model.train;

import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.export.Normalization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How a model was trained, for the free part {@code training} of its manifest; reports draw their curves from it. */
final class TrainingOrigin {

    private TrainingOrigin() {}

    static Map<String, Object> of(TrainingPlan plan, TrainingImages images, List<EpochFigures> history) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("source", "train");
        origin.put("network", plan.network().name());
        origin.put("parameters", plan.network().parameterCount());
        origin.put("lrn", plan.network().hasLrn());
        origin.put("normalization", Normalization.IMAGENET);
        origin.put("from", plan.startName());
        origin.put("recipe", plan.recipe());
        origin.put("freeze", plan.freeze());
        origin.put("precision", plan.precision());
        origin.put("seed", plan.seed());
        origin.put("trainImages", images.train().size());
        origin.put("heldOutImages", images.heldOut().size());
        origin.put("unreadableImages", images.unreadable());
        origin.put("history", history);
        return origin;
    }
}
