package io.alexstream.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelManifest.FileEntry;
import io.alexstream.contract.ModelRef;
import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import io.alexstream.serving.ModelPackage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummaryTest {

    private static Evaluation evaluation(int version, long right) {
        ClassResult cats = new ClassResult("cat", true, 10, right, 9, Map.of(0, right, 1, 10 - right));
        return new Evaluation(new ModelRef("pets", version, "file:/p", "00"), List.of("cat", "dog"), List.of(cats));
    }

    private static ModelPackage pets() {
        FileEntry entry = new FileEntry("0".repeat(64), 1);
        ModelManifest manifest = new ModelManifest(
                "pets",
                2,
                null,
                Instant.EPOCH,
                Map.of("model.onnx", entry, "golden.bin", entry),
                InputSpec.square(8, 8),
                List.of("cat", "dog"),
                null,
                null,
                new ModelManifest.Golden(
                        "golden.bin", 1e-3, List.of(new ModelManifest.GoldenSample(List.of(0), List.of(0.75f)))));
        return new ModelPackage(new ModelRef("pets", 2, "file:/p", "00"), manifest, Path.of("p"));
    }

    @Test
    void anErrorThatFellIsGood() {
        ModelPackage pets = pets();
        TrainingLog none = TrainingLog.of(pets.manifest());
        assertThat(none.epochs()).isEmpty();
        assertThat(Summary.of(List.of(evaluation(1, 3), evaluation(2, 8)), none, pets, List.of()))
                .contains("<span class=\"good\">-50.0 points</span> against version 1")
                .contains("<span class=\"\">+0.0 points</span> against version 1");
        assertThat(Summary.of(List.of(evaluation(1, 8), evaluation(2, 3)), none, pets, List.of()))
                .contains("<span class=\"bad\">+50.0 points</span> against version 1");
        assertThat(Summary.of(List.of(evaluation(2, 8)), none, pets, List.of()))
                .contains("20.0&thinsp;%")
                .doesNotContain("against");
    }
}
