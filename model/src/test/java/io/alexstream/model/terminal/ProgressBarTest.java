package io.alexstream.model.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong();

    @Test
    void printsALineEveryThreeSecondsWhereNobodyLooks() {
        Terminal terminal = Terminal.plain(out);
        try (ProgressBar bar = new ProgressBar(terminal, "sending", 10, nanos::get)) {
            for (int i = 1; i <= 7; i++) {
                nanos.addAndGet(1_000_000_000L);
                bar.update(i);
            }
            nanos.addAndGet(1_000_000_000L);
            bar.update(10);
        }

        assertThat(text().lines())
                .containsExactly(
                        "sending  3/10  30 %    1.0/s   3.0 s",
                        "sending  6/10  60 %    1.0/s   6.0 s", "sending 10/10 100 %    1.3/s   8.0 s");
        assertThat(text()).doesNotContain("\r").doesNotContain("\033");
    }

    @Test
    void drawsOverItselfWhereSomebodyLooks() {
        Terminal terminal = new Terminal(out, true, false, true, 100);
        try (ProgressBar bar = new ProgressBar(terminal, "sending", 4, nanos::get)) {
            nanos.addAndGet(500_000_000L);
            bar.update(1);
            nanos.addAndGet(1_000_000L);
            bar.update(2);
            nanos.addAndGet(500_000_000L);
            bar.update(4);
        }

        assertThat(text()).startsWith("\rsending ███████░").contains("1/4").doesNotContain("2/4");
        assertThat(text()).endsWith(System.lineSeparator()).contains("4/4 100 %");
        assertThat(text().lines()
                        .toList()
                        .get(text().lines().toList().size() - 1)
                        .strip())
                .satisfies(line -> assertThat(Text.width(line)).isLessThan(80));
    }

    @Test
    void usesPlainCharactersWhereBlocksCannotBeShown() {
        Terminal terminal = new Terminal(out, true, false, false, 100);
        new ProgressBar(terminal, "x", 2, nanos::get).close();

        assertThat(text()).contains("[....").matches("\\p{ASCII}*");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
