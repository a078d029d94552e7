package io.alexstream.model.cli;

import io.alexstream.model.rollout.JobProgress;
import io.alexstream.model.rollout.ServingReport;
import io.alexstream.model.rollout.UpdateOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code model status} prints for machines. */
record StatusResult(List<Model> models) {

    /**
     * One model.
     *
     * @param newest version of the newest update, or null where there is none
     * @param jobs those that have answered the newest update; where there is none, all
     * @param silentJobs those that have not and may be gone
     * @param updates oldest first
     */
    record Model(
            String name,
            @Nullable Integer newest,
            List<UpdateResult.Job> jobs,
            List<SilentJob> silentJobs,
            List<UpdateOutcome> updates) {

        static Model of(ServingReport report) {
            return new Model(
                    report.name(),
                    report.rollout().target().version(),
                    report.jobs().stream().map(UpdateResult.Job::of).toList(),
                    report.silentJobs().stream().map(SilentJob::of).toList(),
                    report.history());
        }
    }

    /** A job that may be gone. */
    record SilentJob(String job, @Nullable String jobId, String lastHeard) {

        static SilentJob of(JobProgress job) {
            return new SilentJob(job.job(), job.jobId(), job.lastHeard().toString());
        }
    }

    static StatusResult of(List<ServingReport> reports) {
        return new StatusResult(reports.stream().map(Model::of).toList());
    }
}
