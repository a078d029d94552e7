package io.alexstream.job.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job whose main method blocks a thread of its own. Confined to the thread of the test, which closes it. */
public final class RunningJob implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final MiniCluster cluster;
    private final String name;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Void> main;
    private boolean isAnswered;

    /**
     * @param name of the job, which no other running job of the cluster has
     * @param main runs the job and returns when it has ended
     */
    public RunningJob(MiniCluster cluster, String name, Callable<Void> main) {
        this.cluster = cluster;
        this.name = name;
        this.main = thread.submit(main);
    }

    /** Waits until it ends by itself and returns what it threw. */
    public Throwable awaitFailure() throws InterruptedException, TimeoutException {
        try {
            main.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            isAnswered = true;
            return e.getCause();
        }
        throw new AssertionError("the job ended without failure");
    }

    /** How often Flink has restarted the job. */
    public long restarts() throws Exception {
        // A job that never failed has one set of executions; each restart keeps one more in the history of each vertex.
        return cluster.getArchivedExecutionGraph(id()).get().getAllVertices().values().stream()
                .flatMap(vertex -> java.util.Arrays.stream(vertex.getTaskVertices()))
                .mapToLong(subtask -> subtask.getCurrentExecutionAttempt().getAttemptNumber())
                .max()
                .orElse(0);
    }

    /**
     * Ends the job after one last checkpoint, so that everything it has written is committed.
     *
     * @return where that checkpoint lies
     */
    public String stop(String savepointDirectory) throws Exception {
        String savepoint = cluster.stopWithSavepoint(id(), savepointDirectory, false, SavepointFormatType.CANONICAL)
                .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        main.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        return savepoint;
    }

    private JobID id() throws Exception {
        return cluster.listJobs().get().stream()
                .filter(job -> job.getJobName().equals(name) && job.getJobState() == JobStatus.RUNNING)
                .map(JobStatusMessage::getJobId)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no job is running"));
    }

    /** Also tells why the job ended, if it did so before and nobody has asked. */
    @Override
    public void close() throws Exception {
        boolean hasEnded = main.isDone();
        for (JobStatusMessage job : cluster.listJobs().get()) {
            if (job.getJobName().equals(name) && !job.getJobState().isGloballyTerminalState()) {
                cluster.cancelJob(job.getJobId()).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
                // Its slots are free, and Kafka may go, when the last task has ended.
                cluster.requestJobResult(job.getJobId()).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        }
        thread.shutdownNow();
        if (!thread.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the job did not end");
        }
        if (hasEnded && !isAnswered) {
            main.get();
        }
    }
}
