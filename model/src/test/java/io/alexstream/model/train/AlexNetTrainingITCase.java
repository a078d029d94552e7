package io.alexstream.model.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.ImageFolder;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.evaluate.Crops;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.model.evaluate.Evaluator;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.testing.DrawnClasses;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** AlexNet whole, with the paper's normalisation: two steps, the export with its comparison, and the way back. */
class AlexNetTrainingITCase {

    @TempDir
    private Path directory;

    @Test
    void isTrainedExportedAndTrainedFurther() throws IOException {
        LabelledImages found = ImageFolder.read(DrawnClasses.draw(directory.resolve("data"), 3));
        StartingPoint fresh = StartingPoint.fresh(KnownNetwork.ALEXNET, true);
        TrainingSet set = TrainingSet.of(found.images(), fresh.labels(), 0.3);
        Network network = fresh.network(3);
        // 62,378,344 at 1000 classes, less 997 rows of 4096 weights and a bias.
        assertThat(network.parameterCount()).isEqualTo(62_378_344 - 997 * 4097L);
        Recipe recipe = Recipe.small().withEpochs(1);
        TrainingPlan plan = new TrainingPlan(
                KnownNetwork.ALEXNET, network, fresh.weights(3, 1), "init", recipe, Freeze.NONE, Precision.FP32, 1, 2);
        try (TrainingImages images = TrainingImages.open(
                        set,
                        found.allowedUris(),
                        plan.input(),
                        0,
                        Long.MAX_VALUE,
                        2,
                        new TinyTraining.SilentReading());
                Trainer trainer = new Trainer(plan, images, null, TrainingListener.NONE)) {
            assertThat(trainer.run()).isTrue();
            // Writing refuses a difference above 1e-4, and weights that are not the trainer's to the bit.
            WrittenPackage written = PackageWriter.onCpu()
                    .write(directory, "alexnet", trainer.model(null, 3, new OnnxSessionFactory(SessionOptions.cpu(2))));
            Path copy = Files.createDirectory(directory.resolve("copy"));
            ModelPackage stored = new ModelRepository().fetch(written.ref().uri(), null, copy);
            assertThat(stored.manifest().metrics().samples())
                    .isEqualTo(images.heldOut().size());
            assertThat(stored.manifest().training().get("parameters").asLong()).isEqualTo(network.parameterCount());
            StartingPoint again = StartingPoint.of(stored);
            assertThat(again.lrn()).isTrue();
            assertThat(again.network(3)).isEqualTo(network);
            assertThat(again.labels()).isEqualTo(List.of(DrawnClasses.NAMES));
            try (FrameReader reader = new FrameReader(found.allowedUris())) {
                Evaluator evaluator = new Evaluator(reader, new OnnxSessionFactory(SessionOptions.cpu(2)), 2);
                Evaluation evaluation = evaluator
                        .evaluate(List.of(stored), images.set().heldOutImages(), Crops.CENTER, (done, total) -> {})
                        .packages()
                        .get(0)
                        .evaluation();
                assertThat(evaluation.top1())
                        .isEqualTo(stored.manifest().metrics().top1());
            }
        }
    }
}
