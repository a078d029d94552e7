package io.alexstream.demo;

import io.alexstream.job.ClassificationJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * A Flink of one TaskManager in this JVM, and in it the deployed job, started by its own {@code main} with options as on a
 * command line. Confined to one thread. Owns the cluster and the job.
 */
public final class LocalFlink implements AutoCloseable {

    /** Results are committed with checkpoints, so this often there is something new to see. */
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

    private final MiniCluster cluster;
    private final int slots;
    private CompletableFuture<Void> job = CompletableFuture.completedFuture(null);

    /** What {@code flink run} would start: it builds a job on {@code getExecutionEnvironment()} and returns when it ended. */
    public interface JobMain {
        void run() throws Exception;
    }

    private LocalFlink(MiniCluster cluster, int slots) {
        this.cluster = cluster;
        this.slots = slots;
    }

    public static LocalFlink start(int slots, Path temporary) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        EngineMetrics.addTo(configuration);
        MiniCluster cluster = new MiniCluster(new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(slots)
                .withRandomPorts()
                .build());
        cluster.start();
        return new LocalFlink(cluster, slots);
    }

    /**
     * Starts the job and returns when all its tasks run, the model loaded.
     *
     * @throws DemoException with the job's own words where it refuses to start
     */
    void run(List<String> options) throws Exception {
        run(() -> ClassificationJob.main(options.toArray(new String[0])));
    }

    /** As above, with a main of the caller's own. */
    public void run(JobMain main) throws Exception {
        Configuration defaults = new Configuration();
        defaults.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        defaults.set(CoreOptions.DEFAULT_PARALLELISM, slots);
        // A few restarts show that the job recovers; after that the demo should end and say why.
        defaults.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        defaults.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        job = CompletableFuture.runAsync(
                () -> {
                    LocalEnvironment.enter(cluster, defaults);
                    try {
                        main.run();
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    } finally {
                        LocalEnvironment.leave();
                    }
                },
                command -> new Thread(command, "job-main").start());
        while (!isRunning()) {
            requireAlive();
            await();
        }
    }

    /** False also while the job has no tasks yet. A task runs when its operators are open, the model loaded. */
    private boolean isRunning() throws Exception {
        int running = 0;
        for (JobStatusMessage status : cluster.listJobs().get()) {
            AccessExecutionGraph graph =
                    cluster.getExecutionGraph(status.getJobId()).get();
            for (AccessExecutionVertex vertex : graph.getAllExecutionVertices()) {
                if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                    return false;
                }
                running++;
            }
        }
        return running > 0;
    }

    /** Waits a moment, or until the job has ended. */
    private void await() throws InterruptedException {
        try {
            job.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return; // it runs on
        } catch (ExecutionException e) {
            return; // requireAlive() tells
        }
    }

    /** @throws DemoException where the job has ended, with the reason */
    public void requireAlive() {
        if (!job.isDone()) {
            return;
        }
        String reason = job.handle((nothing, e) -> e == null ? "it ended without an error" : Failures.oneLine(e))
                .join();
        throw new DemoException("the job stopped: " + reason);
    }

    /** Cancels the job and waits until it is gone; what it had committed stays. */
    public void stopJob() throws Exception {
        for (JobStatusMessage status : cluster.listJobs().get()) {
            JobID id = status.getJobId();
            if (!status.getJobState().isTerminalState()) {
                cluster.cancelJob(id).get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
            }
        }
        try {
            job.get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return; // that it was cancelled reaches its main as an exception
        }
    }

    @Override
    public void close() {
        cluster.closeAsync()
                .orTimeout(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
