package io.alexstream.model.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.train.EpochFigures;
import io.alexstream.model.train.Tally;
import io.alexstream.model.train.TrainingListener.StepFigures;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrainingProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final AtomicLong now = new AtomicLong();
    private final TrainingProgress progress = new TrainingProgress(
            Terminal.plain(new PrintStream(out, true, StandardCharsets.UTF_8)), now::get, Duration.ofSeconds(10));

    private void after(int seconds) {
        now.set(TimeUnit.SECONDS.toNanos(seconds));
    }

    @Test
    void saysWhatComputesHowFastItLearnsAndWhenItEnds() {
        progress.started("CPU, 2 threads, fp32", 0, 200);
        after(4);
        progress.step(new StepFigures(10, 200, 1, 4, 320, 6080, 2.5, 0.001));
        after(20);
        progress.step(new StepFigures(50, 200, 1, 4, 1600, 4800, 1.25, 0.005));
        progress.epoch(new EpochFigures(1, new Tally(1600, 800, 1200, 1600), new Tally(90, 75, 99, 100), 0.005, 83));
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "training on CPU, 2 threads, fp32, 200 steps",
                        "epoch 1/4 [###.........]  25 %    80.0 images/s  loss 1.2500  rate 0.00500  1:00 left",
                        "epoch 1/4  train loss 1.000 top-1 50.0 % top-5 75.0 %  held-out loss 0.900 top-1 75.0 % top-5"
                                + " 99.0 %  rate 0.00500  1:23");
    }

    @Test
    void saysWhereItGoesOn() {
        progress.started("GPU (CUDA), bf16", 7, 8);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("training on GPU (CUDA), bf16, 8 steps; going on after step 7");
    }
}
