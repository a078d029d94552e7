package io.alexstream.model.retrain;

import io.alexstream.inference.InferenceException;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.NewClasses;
import io.alexstream.model.data.TrainingDataException;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.evaluate.EvaluationException;
import io.alexstream.model.export.RefusedModelException;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.publish.WorkFolder;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.RoundOutcome.Kind;
import io.alexstream.model.rollout.TrainerStatus;
import io.alexstream.model.stream.StreamException;
import io.alexstream.model.train.TrainingException;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains from what is served on all labels, lets the gate compare both on images that nobody trained with, and ships what
 * passes. What does not is reported, with the figures. Confined to one thread.
 */
public final class RetrainRound implements RetrainLoop.Round {

    /**
     * What a round works with.
     *
     * @param heldOut share of the images that is never trained with
     * @param minClassImages least images to train with of a class that the model is to gain
     */
    public record Parts(
            BaseFinder bases,
            RoundLabels labels,
            double heldOut,
            int minClassImages,
            CandidateTrainer trainer,
            Comparison comparison,
            Gate gate,
            Shipment shipment,
            TrainerStatus status) {}

    private final Parts parts;
    private final Patience patience;
    private final StopSignal stop;
    private final Consumer<String> say;
    /** The images and the package that the last round learnt nothing from. */
    private @Nullable String refusedBefore;

    public RetrainRound(Parts parts, Patience patience, StopSignal stop, Consumer<String> say) {
        this.parts = parts;
        this.patience = patience;
        this.stop = stop;
        this.say = say;
    }

    @Override
    public RoundOutcome run() throws IOException {
        Base base = patience.insist(parts.bases()::find);
        LabelledImages labelled = patience.insist(parts.labels()::read);
        labelled.tell(say);
        if (!labelled.problems().isEmpty()) {
            return refused(base, String.join("; ", labelled.problems()));
        }
        try (WorkFolder work = new WorkFolder()) {
            return learn(base, labelled, work.path());
        } catch (TrainingDataException
                | RefusedModelException
                | TrainingException
                | PublishException
                | EvaluationException
                | InferenceException e) {
            return refused(base, String.valueOf(e.getMessage()));
        } catch (ModelLoadException e) {
            if (!e.isPermanent()) {
                throw e; // says nothing of the labels: the same ones are to be learnt from again
            }
            return refused(base, String.valueOf(e.getMessage()));
        }
    }

    private RoundOutcome learn(Base base, LabelledImages labelled, Path work) throws IOException {
        ModelPackage served =
                patience.insist(() -> fetch(base.ref().uri(), base.ref().sha256(), work.resolve("served")));
        List<String> known = served.manifest().labels();
        NewClasses admission = new NewClasses(known.size(), parts.minClassImages());
        TrainingSet all = TrainingSet.byHash(labelled.images(), known, parts.heldOut());
        List<String> small = admission.tooSmall(all);
        if (!small.isEmpty()) {
            say.accept("left out new classes of fewer than " + parts.minClassImages()
                    + " images to train with, or none held out: " + String.join(", ", LabelledImages.few(small)));
        }
        TrainingSet set = admission.admitted(all);
        if (!set.problems().isEmpty()) {
            return refused(base, String.join("; ", set.problems()));
        }
        if (set.train().isEmpty()) {
            return refused(base, "all " + set.heldOut().size() + " images are held out; more labels are needed");
        }
        String learnt = base.ref().sha256() + " " + set.fingerprint();
        if (learnt.equals(refusedBefore)) {
            return outcome(Kind.NOTHING_NEW, base, null, "no label has changed since the last round");
        }
        set.untrained().forEach(label -> say.accept("no image of the class '" + label + "': the model will forget it"));
        say.accept("from version " + base.ref().version() + ": " + set.labels().size() + " classes, "
                + set.train().size() + " images to train with, " + set.heldOut().size() + " held out");
        WrittenPackage candidate =
                parts.trainer().train(served, set, labelled.allowedUris(), work.resolve("candidate"), stop);
        if (candidate == null || stop.isStopped()) {
            return outcome(Kind.STOPPED, base, null, "stopped before anything was published");
        }
        ModelPackage made = fetch(candidate.ref().uri(), candidate.ref().sha256(), work.resolve("compared"));
        Comparison.Pair pair;
        try {
            pair = patience.insist(() -> parts.comparison().of(served, made, set, labelled.allowedUris()));
        } catch (IOException e) {
            return refused(base, String.valueOf(e.getMessage()));
        }
        LabelledImages.few(pair.unreadable()).forEach(say);
        Verdict verdict = parts.gate().judge(pair.served(), pair.candidate());
        if (!verdict.passes()) {
            refusedBefore = learnt;
            return refused(base, verdict.reason());
        }
        say.accept(verdict.reason());
        return ship(base, candidate, verdict);
    }

    private static ModelPackage fetch(String uri, String sha256, Path folder) throws IOException {
        return new ModelRepository().fetch(uri, sha256, Files.createDirectories(folder));
    }

    private RoundOutcome ship(Base base, WrittenPackage candidate, Verdict verdict) throws IOException {
        if (!patience.insist(() -> parts.bases().isStillNewest(base))) {
            return refused(
                    base,
                    "another version was published meanwhile, and the candidate was not compared with it; "
                            + verdict.reason());
        }
        if (stop.isStopped()) {
            return outcome(Kind.STOPPED, base, null, "stopped before anything was published");
        }
        Shipment.Shipped shipped = parts.shipment().ship(candidate, base);
        return outcome(
                shipped.active() ? Kind.ACTIVE : Kind.PUBLISHED,
                base,
                shipped.ref().version(),
                verdict.reason());
    }

    private RoundOutcome refused(Base base, String reason) {
        try {
            patience.insist(() -> {
                parts.status().rejected(base.ref().name(), base.ref().version() + 1, reason);
                return reason;
            });
        } catch (StreamException | IOException e) {
            say.accept("the refusal could not be reported: " + e.getMessage());
        }
        return outcome(Kind.REFUSED, base, null, reason);
    }

    private static RoundOutcome outcome(Kind kind, Base base, @Nullable Integer version, String reason) {
        return new RoundOutcome(kind, base.ref().version(), version, reason);
    }
}
