package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import io.alexstream.model.stream.StreamEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccuracyTest {

    private final Accuracy accuracy = new Accuracy(Map.of("a", "dots", "b", "rings"));

    private void came(int version, String id, String label) {
        accuracy.add(new StreamEvent.Classified(
                id,
                "file:///" + id,
                "alexnet",
                version,
                List.of(new Prediction(label, 0, 0.9f)),
                Instant.EPOCH,
                null,
                new StreamEvent.Raw(new SourcePosition("t", 0, 0), Instant.EPOCH, null, null)));
    }

    @Test
    void countsEachPictureOnceAVersion() {
        came(1, "a", "dots");
        came(1, "a", "dots");
        came(1, "b", "dots");
        came(2, "b", "rings");
        came(2, "unknown", "rings");

        assertThat(accuracy.versions()).containsExactly(1, 2);
        assertThat(accuracy.share(1)).isEqualTo(0.5);
        assertThat(accuracy.right(1)).isEqualTo(1);
        assertThat(accuracy.asked(1)).isEqualTo(2);
        assertThat(accuracy.asked(2)).isEqualTo(1);
        assertThat(accuracy.share(2)).isEqualTo(1);
        assertThat(accuracy.share(3)).isZero();
        assertThat(accuracy.pictures()).isEqualTo(2);
    }

    @Test
    void isGoodWhereTheNewVersionHasAnsweredAllAndWasRightAboutEnough() {
        came(2, "a", "dots");
        assertThat(learned().isGood()).as("one is missing").isFalse();
        came(2, "b", "dots");
        assertThat(learned().isGood()).as("half is wrong").isFalse();
        came(2, "b", "rings");
        assertThat(learned().isGood()).isTrue();
    }

    private Learned learned() {
        ModelRef one = new ModelRef("alexnet", 1, "file:///1", "0a");
        ModelRef two = new ModelRef("alexnet", 2, "file:///2", "0b");
        HotSwap swap = new HotSwap(one, two, Instant.EPOCH, Instant.EPOCH, 1, 1);
        Phases phases =
                new Phases(Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);
        return new Learned(swap, phases, accuracy, 2, 4, "better");
    }
}
