package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.TinyModel;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.PublishCommand;
import io.alexstream.model.cli.RollbackCommand;
import io.alexstream.model.cli.StatusCommand;
import io.alexstream.model.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code publish --wait}, {@code rollback --wait} and {@code status} with a real job on the other side. */
class PublishToJobITCase {

    private static final int PARALLELISM = 2;

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(PARALLELISM)
                    .build());

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void goesThereAndBack(@InjectMiniCluster MiniCluster cluster) throws Exception {
        ModelRef one = TinyModel.writeTo(directory.resolve("repository")).ref();
        Path made = TinyModel.writeTo(directory.resolve("made")).directory();
        try (EmbeddedKafka kafka = EmbeddedKafka.start();
                SwapStage stage = new SwapStage(kafka, "publish");
                RunningJob job = stage.run(cluster, one, PARALLELISM)) {
            String servers = kafka.bootstrapServers();
            assertThat(run(
                            servers,
                            new PublishCommand(terminal(out), terminal(err)),
                            "--package=" + made,
                            "--repository=" + directory.resolve("repository"),
                            "--wait"))
                    .as(text(err))
                    .isZero();
            assertThat(text(out)).contains("tiny 2 is active in all 2 subtasks of 1 job");

            RollbackCommand rollback = new RollbackCommand(terminal(out), terminal(err));
            assertThat(run(servers, rollback, "--name=tiny", "--wait"))
                    .as(text(err))
                    .isZero();
            assertThat(text(out)).contains("tiny 1 is active in all 2 subtasks of 1 job");

            stage.send(50);
            stage.awaitAllBut(0);
            assertThat(stage.events()).extracting(SwapStage.Event::version).containsOnly(1);
            out.reset();
            assertThat(run(servers, new StatusCommand(terminal(out)))).isZero();
            assertThat(text(out).lines())
                    .contains("tiny: the newest update is version 1")
                    .filteredOn(line -> line.startsWith("publish "))
                    .hasSize(PARALLELISM)
                    .allMatch(line -> line.matches(".*[01]/2 +1  CPU .*ACTIVE"));
            assertThat(job.restarts()).isZero();
        }
    }

    private int run(String servers, Object command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--bootstrap-servers=" + servers,
                "--updates-topic=publish-model-updates",
                "--status-topic=publish-model-status"));
        arguments.addAll(List.of(more));
        return ModelCommandLine.of(command)
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute(arguments.toArray(new String[0]));
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
