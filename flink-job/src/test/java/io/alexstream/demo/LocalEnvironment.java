package io.alexstream.demo;

import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;

/**
 * Makes {@code getExecutionEnvironment()} of the calling thread lead to a cluster in this JVM, with defaults as from a
 * cluster's configuration file: what {@code flink run} does for a job's main.
 */
@SuppressWarnings("try") // Flink closes environments, and says that it may be interrupted
final class LocalEnvironment extends StreamExecutionEnvironment {

    private LocalEnvironment(MiniCluster cluster, Configuration configuration) {
        super(
                new MiniClusterPipelineExecutorServiceLoader(cluster),
                MiniClusterPipelineExecutorServiceLoader.updateConfigurationForMiniCluster(
                        configuration, List.of(), List.of()),
                LocalEnvironment.class.getClassLoader());
    }

    /** Until {@link #leave} is called on the same thread. */
    static void enter(MiniCluster cluster, Configuration defaults) {
        initializeContextEnvironment(asked -> {
            Configuration configuration = new Configuration(defaults);
            configuration.addAll(asked);
            return new LocalEnvironment(cluster, configuration);
        });
    }

    static void leave() {
        resetContextEnvironment();
    }
}
