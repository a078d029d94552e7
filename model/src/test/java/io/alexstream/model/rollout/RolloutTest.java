package io.alexstream.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.model.rollout.Rollout.Verdict;
import io.alexstream.model.rollout.SubtaskProgress.Stage;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RolloutTest {

    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final Rollout rollout = new Rollout(new Target("alexnet", 8, new UpdatePosition(0, 12)), GRACE);
    private final Statuses job = new Statuses("job-1", 2);

    @Test
    void waitsForEverySubtask() {
        rollout.hear(job.loading(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.WAITING);
        rollout.hear(job.active(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.WAITING);
        rollout.hear(job.active(1, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void leavesTimeForJobsThatItNeverHeardOf() {
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        assertThat(rollout.verdict(SOON)).isEqualTo(Verdict.WAITING);
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void passesOverWhatNoJobCanHaveSaid() {
        rollout.hear(new Statuses("hostile", 2_000_000_000).active(0, 8, 12));
        rollout.hear(job.active(-1, 8, 12));
        rollout.hear(job.active(40_000, 8, 12));
        assertThat(rollout.answered()).isEmpty();
    }

    @Test
    void endsWithTheRefusalOfASubtaskThatSaysWhatItServesFirst() {
        rollout.hear(job.active(0, 7, 11));
        rollout.hear(job.rejected(0, 8, 12, "there is no manifest.json"));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.REJECTED);
    }

    @Test
    void waitsForEveryJobThatAnswers() {
        Statuses other = new Statuses("job-2", 1);
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        rollout.hear(other.loading(0, 8, 12));
        assertThat(rollout.verdict(GRACE.multipliedBy(9))).isEqualTo(Verdict.WAITING);
        rollout.hear(other.active(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void takesAKnownJobForGoneAfterTheGraceIfAnotherAnswered() {
        rollout.remember(new Statuses("gone", 1).active(0, 7, 11));
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        assertThat(rollout.verdict(GRACE.minusMillis(1))).isEqualTo(Verdict.WAITING);
        assertThat(rollout.verdict(GRACE)).isEqualTo(Verdict.ACTIVE);
        assertThat(rollout.silent()).extracting(JobProgress::jobId).containsExactly("gone");
    }

    @Test
    void concludesNothingWhileNobodyAnswers() {
        rollout.remember(job.active(0, 7, 11));
        rollout.remember(job.active(1, 7, 11));
        assertThat(rollout.verdict(Duration.ofHours(1))).isEqualTo(Verdict.WAITING);
        assertThat(rollout.answered()).isEmpty();
    }

    @Test
    void isNotSatisfiedByAnActiveOfAnEarlierUpdateOfTheSameVersion() {
        rollout.remember(job.active(0, 8, 3));
        rollout.remember(job.active(1, 8, 3));
        rollout.hear(job.active(0, 8, 3));
        rollout.hear(job.active(1, 8, 3));
        assertThat(rollout.verdict(GRACE)).isEqualTo(Verdict.WAITING);
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, null));
        assertThat(rollout.verdict(GRACE)).isEqualTo(Verdict.WAITING);
    }

    @Test
    void isNotSatisfiedByWhatWasSaidOfThisPlaceBeforeTheTopicWasMadeAnew() {
        rollout.remember(job.active(0, 8, 12));
        rollout.remember(job.active(1, 8, 12));
        rollout.hear(job.active(0, 3, 12));
        assertThat(rollout.answered()).isEmpty();
        rollout.hear(job.active(0, 8, 12));
        assertThat(rollout.verdict(GRACE)).isEqualTo(Verdict.WAITING);
    }

    @Test
    void endsWithTheFirstRefusal() {
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.rejected(1, 8, 12, "weights.bin has sha-256 ..."));
        assertThat(rollout.verdict(SOON)).isEqualTo(Verdict.REJECTED);
        assertThat(rollout.answered().get(0).subtasks().get(1).reason()).isEqualTo("weights.bin has sha-256 ...");
    }

    @Test
    void passesOverRefusalsOfOtherUpdatesModelsAndTrainers() {
        rollout.remember(job.rejected(0, 7, 11, "no"));
        rollout.hear(job.rejected(0, 7, 11, "no"));
        ModelStatus r = job.rejected(0, 8, 12, "no");
        rollout.hear(new ModelStatus(
                r.job(), "x", r.update(), "other", 8, r.state(), 0, 1, null, null, null, null, "no", r.at()));
        rollout.hear(new ModelStatus(
                "trainer",
                null,
                r.update(),
                "alexnet",
                8,
                r.state(),
                null,
                null,
                null,
                null,
                null,
                null,
                "no",
                r.at()));
        assertThat(rollout.verdict(GRACE)).isEqualTo(Verdict.WAITING);
        assertThat(rollout.answered()).isEmpty();
        assertThat(rollout.silent()).hasSize(1);
    }

    @Test
    void countsASubtaskThatHasServedItUntilALaterUpdateCame() {
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        rollout.hear(job.active(0, 9, 13));
        rollout.hear(job.retired(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void endsWhereALaterUpdateWasFaster() {
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 9, 13));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.REJECTED);
        assertThat(rollout.answered().get(0).subtasks().get(1).reason())
                .isEqualTo("overtaken by version 9 (offset 13)");
    }

    @Test
    void waitsAgainForASubtaskThatWasRestoredWithTheOldVersion() {
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 7, 11));
        rollout.hear(job.active(0, 7, 11));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.WAITING);
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
    }

    @Test
    void followsAJobThatIsRescaled() {
        rollout.remember(new Statuses("job-1", 4).active(3, 7, 11));
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(job.active(1, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.ACTIVE);
        rollout.hear(new Statuses("job-1", 3).active(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.WAITING);
        assertThat(rollout.answered().get(0).count(Stage.ACTIVE)).isEqualTo(2);
    }

    @Test
    void forgetsSubtasksThatAreGoneWhenTheJobGrowsAgain() {
        Statuses wide = new Statuses("job-1", 4);
        for (int subtask = 0; subtask < 4; subtask++) {
            rollout.hear(wide.active(subtask, 8, 12));
        }
        rollout.hear(job.active(0, 8, 12));
        rollout.hear(wide.active(0, 8, 12));
        assertThat(rollout.verdict(SETTLED)).isEqualTo(Verdict.WAITING);
        assertThat(rollout.answered().get(0).count(Stage.ACTIVE)).isEqualTo(2);
    }
}
