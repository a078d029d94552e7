package io.alexstream.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.model.terminal.Terminal;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RolloutMessagesTest {

    private final Rollout rollout =
            new Rollout(new Target("alexnet", 8, new UpdatePosition(0, 12)), Duration.ofSeconds(10));
    private final Statuses job = new Statuses("6d1f0c0a9c6b4f0e", 2);
    private final RolloutLines lines = new RolloutLines(
            Terminal.plain(new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)),
            ZoneOffset.UTC);
    private final RolloutMessages messages = new RolloutMessages(lines);

    @Test
    void showsALineASubtask() {
        rollout.remember(new Statuses("0123456789", 1).active(0, 6, 1));
        rollout.remember(job.active(1, 7, 11));
        rollout.hear(job.active(0, 8, 12));
        assertThat(lines.lines(rollout))
                .containsExactly(
                        "alexstream 6d1f0c0a       0/2      ACTIVE    worker-0, CPU, loaded in 330 ms, warmed up in 120 ms",
                        "alexstream 6d1f0c0a       1/2      WAITING   serves version 7",
                        "alexstream 01234567       -        silent    no answer yet, last heard 2026-11-23 10:15:30");
        rollout.hear(job.rejected(1, 8, 12, "golden frame 3:\u001b[31m off"));
        assertThat(lines.lines(rollout).get(1))
                .isEqualTo("alexstream 6d1f0c0a       1/2      REJECTED  golden frame 3:?[31m off");
        assertThat(messages.rejected(rollout))
                .isEqualTo("alexstream 6d1f0c0a subtask 1 rejected alexnet 8: golden frame 3:?[31m off");
    }

    @Test
    void fitsANarrowTerminalSoThatItCanBeDrawnOver() {
        rollout.hear(job.active(0, 8, 12));
        Terminal narrow = new Terminal(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), true, false, true, 40);
        assertThat(new RolloutLines(narrow, ZoneOffset.UTC).lines(rollout)).allMatch(line -> line.length() <= 40);
    }

    @Test
    void saysThatAllIsWell() {
        rollout.remember(new Statuses("0123456789", 1).active(0, 6, 1));
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        assertThat(messages.active(rollout))
                .isEqualTo("alexnet 8 is active in all 2 subtasks of 1 job; 1 job did not answer and is taken for gone:"
                        + " alexstream 01234567 at 2026-11-23 10:15:30");
    }

    @Test
    void saysWhoIsMissing() {
        rollout.hear(job.loading(0, 8, 12));
        assertThat(messages.missing(rollout, "model-updates", Duration.ofSeconds(30)))
                .isEqualTo("after 30 s alexnet 8 is not active everywhere: alexstream 6d1f0c0a subtask 0 is LOADING,"
                        + " alexstream 6d1f0c0a subtask 1 is WAITING");
    }

    @Test
    void saysThatNobodyListens() {
        Duration waited = Duration.ofSeconds(30);
        assertThat(messages.missing(rollout, "model-updates", waited))
                .startsWith("no job listens on model-updates: nothing answered alexnet 8 within 30 s (no job was ever"
                        + " heard of alexnet)");
        rollout.remember(job.active(0, 7, 11));
        assertThat(messages.missing(rollout, "model-updates", waited))
                .contains("(last heard: alexstream 6d1f0c0a at 2026-11-23 10:15:30)");
    }
}
