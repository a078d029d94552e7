package io.alexstream.job;

import io.alexstream.job.kafka.BrokerCheck;
import io.alexstream.job.kafka.KafkaConnectors;
import java.util.List;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job's main class: reads the command line, asks Kafka whether the job can start, and runs the topology on whatever
 * Flink it was started with. What a person must put right ends in {@link ProgramParametrizationException}, of which Flink's
 * command line prints the message and no stack trace.
 */
public final class ClassificationJob {

    private static final Logger LOG = LoggerFactory.getLogger(ClassificationJob.class);

    private ClassificationJob() {}

    /** Returns when the job has ended, or, where Flink was told to detach, when it was submitted. */
    public static void main(String[] args) throws Exception {
        CommandLine line = CommandLine.parse(args);
        if (line.isHelp()) {
            System.out.print(OptionsTable.help());
            return;
        }
        JobConfig config = JobConfig.from(line);
        for (String key : line.exposed()) {
            LOG.warn(
                    "{} stood on the command line, which lists of processes show, and Flink's web interface in application mode;"
                            + " keep it in a file for --config",
                    key);
        }
        run(config, StreamExecutionEnvironment.getExecutionEnvironment());
    }

    static void run(JobConfig config, StreamExecutionEnvironment environment) throws Exception {
        List<String> problems = EnvironmentDefaults.apply(environment, config.kafka());
        JobConfig.refuse(problems);
        BrokerCheck check = BrokerCheck.of(config.kafka(), config.topics());
        JobConfig.refuse(check.problems());
        topology(config, check).addTo(environment, config);
        execute(environment, config.name());
    }

    private static ClassificationTopology topology(JobConfig config, BrokerCheck check) {
        KafkaConnectors kafka = new KafkaConnectors(config.kafka(), config.topics());
        return new ClassificationTopology(
                kafka.images(),
                kafka.classifications(),
                kafka.deadLetters(),
                check.classifications(),
                check.deadLetters(),
                config.topics().models().areFollowed()
                        ? new HotSwap(kafka.modelUpdates(), check.historyEnd(), kafka.modelStatus())
                        : null);
    }

    private static void execute(StreamExecutionEnvironment environment, String name) throws Exception {
        try {
            environment.execute(name);
        } catch (Exception e) {
            String reason = PermanentFault.in(e).orElse(null);
            if (reason == null) {
                throw e;
            }
            ProgramParametrizationException fault = new ProgramParametrizationException(reason);
            fault.initCause(e);
            throw fault;
        }
    }
}
