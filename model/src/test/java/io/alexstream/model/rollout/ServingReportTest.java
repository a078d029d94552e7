package io.alexstream.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServingReportTest {

    private final Statuses job = new Statuses("6d1f0c0a9c6b4f0e", 2);
    private final ServingLines lines = new ServingLines(0, ZoneOffset.UTC);

    @Test
    void showsWhatServesWhereAndHowItCameThere() {
        List<ModelStatus> statuses = new ArrayList<>();
        statuses.add(new Statuses("0123456789", 1).active(0, 6, null));
        statuses.add(job.active(0, 7, 11));
        statuses.add(job.active(1, 7, 11));
        statuses.add(job.active(0, 8, 12));
        statuses.add(job.rejected(1, 8, 12, "no room"));
        ServingReport report = ServingReport.of("alexnet", List.of(update(8, 12)), statuses);

        assertThat(lines.lines(report))
                .containsExactly(
                        "alexnet: the newest update is version 8",
                        "JOB                  SUBTASK  SERVES  ON   SINCE                HOST      NEWEST UPDATE",
                        "alexstream 6d1f0c0a  0/2           8  CPU  2026-11-23 10:15:32  worker-0  ACTIVE",
                        "alexstream 6d1f0c0a  1/2           7  CPU  2026-11-23 10:15:31  worker-1  REJECTED: no room",
                        "silent since the newest update, perhaps gone: alexstream 01234567, last heard 2026-11-23"
                                + " 10:15:30",
                        "UPDATE  VERSION  PUBLISHED            ACTIVE  REJECTED  PACKAGE OR REASON",
                        "0-11          7  -                         2         0  (compacted)",
                        "0-12          8  2026-11-23 10:15:30       1         1  no room");
    }

    @Test
    void showsJobsThatServeWhatTheyWereStartedWith() {
        ServingReport report = ServingReport.of("alexnet", List.of(), List.of(job.active(0, 1, null)));

        assertThat(lines.lines(report)).first().isEqualTo("alexnet: no update published");
        assertThat(report.jobs()).hasSize(1);
        assertThat(report.silentJobs()).isEmpty();
    }

    @Test
    void leavesOtherModelsOut() {
        ServingReport report = ServingReport.of("other", List.of(update(8, 12)), List.of(job.active(0, 1, null)));

        assertThat(report.jobs()).isEmpty();
        assertThat(report.history()).isEmpty();
    }

    private static PublishedUpdate update(int version, int offset) {
        return new PublishedUpdate(
                0,
                offset,
                new ModelUpdate("alexnet", version, "s3://models/alexnet/" + version, "ab".repeat(32), Statuses.START));
    }
}
