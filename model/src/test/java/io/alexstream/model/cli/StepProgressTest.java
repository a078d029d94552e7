package io.alexstream.model.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final StepProgress progress =
            new StepProgress(Terminal.plain(new PrintStream(out, true, StandardCharsets.UTF_8)));

    @Test
    void saysOnceThatAStepHasEnded() {
        progress.report("drawing", 1, 2);
        progress.report("drawing", 2, 2);
        progress.report("checking", 0, 1);
        progress.report("checking", 1, 1);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("drawing 2/2 100 %"),
                        line -> assertThat(line).startsWith("checking 1/1 100 %"));
    }
}
