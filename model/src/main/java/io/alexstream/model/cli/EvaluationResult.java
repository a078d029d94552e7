package io.alexstream.model.cli;

import io.alexstream.contract.Json;
import io.alexstream.model.data.LabelledFrames.Unreadable;
import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What {@code model evaluate} prints for machines. Shares are 0 to 1.
 *
 * @param packages the one that is compared with first, if there is one
 */
record EvaluationResult(List<Evaluated> packages, List<LeftOut> unreadable) {

    /** One package. */
    record Evaluated(
            String name,
            int version,
            String uri,
            String sha256,
            long images,
            double top1Error,
            double top5Error,
            List<LabelClass> classes,
            List<Evaluation.Confusion> confusions) {}

    /**
     * One class of which there are images.
     *
     * @param known whether the package has it
     */
    record LabelClass(String label, boolean known, long images, double top1, double top5) {

        static LabelClass of(ClassResult result) {
            return new LabelClass(
                    result.label(), result.known(), result.images(), result.top1Share(), result.top5Share());
        }
    }

    /** An image that could not be read. */
    record LeftOut(String image, String reason) {}

    static EvaluationResult of(List<Evaluation> evaluations, List<Unreadable> unreadable) {
        return new EvaluationResult(
                evaluations.stream()
                        .map(one -> new Evaluated(
                                one.model().name(),
                                one.model().version(),
                                one.model().uri(),
                                one.model().sha256(),
                                one.images(),
                                1 - one.top1(),
                                1 - one.top5(),
                                one.classes().stream().map(LabelClass::of).toList(),
                                one.confusions()))
                        .toList(),
                unreadable.stream()
                        .map(one -> new LeftOut(one.image().key(), one.reason()))
                        .toList());
    }

    String json() {
        return new String(Json.toBytes(this), StandardCharsets.UTF_8);
    }
}
