package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The commands that talk of updates, as far as no broker is needed. */
class RolloutCommandsTest {

    @Test
    void publishReportsAllMistakesTogetherOneALine() {
        CommandRun run = CommandRun.of("publish", "--bootstrap-servers", "nowhere", "--wait-timeout", "5", "--waits");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "unknown option --waits",
                        "--package is missing",
                        "--repository is missing",
                        "--bootstrap-servers must be host:port, several separated by commas, was 'nowhere'",
                        "--wait-timeout must be a time like 250 ms, 30 s, 5 min or 1 h, was '5'",
                        "See 'model publish --help'.");
    }

    @Test
    void publishRefusesARepositoryInsideThePackage() {
        for (String inside : new String[] {"packages/alexnet/1", "./packages/alexnet/1/", "packages/alexnet/1/new"}) {
            CommandRun run = CommandRun.of(
                    "publish",
                    "--package",
                    "packages/alexnet/1",
                    "--repository",
                    inside,
                    "--bootstrap-servers",
                    "localhost:9");
            assertThat(run.status()).isEqualTo(2);
            assertThat(run.err())
                    .startsWith(
                            "--repository must be the folder above <name>/<version>, and no part of the package, was '"
                                    + inside + "'");
        }
    }

    @Test
    void rollbackAndStatusReportAllMistakesTogether() {
        CommandRun rollback = CommandRun.of("rollback", "--to", "0", "--grace", "0 s", "--status-topic", "a b");
        assertThat(rollback.status()).isEqualTo(2);
        assertThat(rollback.err().lines())
                .containsExactly(
                        "--name is missing",
                        "--to must be a whole number from 1 to 2147483647, was '0'",
                        "--bootstrap-servers is missing",
                        "--status-topic must be 1 to 249 letters, digits, dots, dashes or underscores, was 'a b'",
                        "--grace must be a time like 250 ms, 30 s, 5 min or 1 h, was '0 s'",
                        "See 'model rollback --help'.");
        CommandRun status = CommandRun.of("status", "--name", "../x");
        assertThat(status.err()).contains("--name must be").contains("--bootstrap-servers is missing");
    }

    /** Kafka's clients warn once a second while no broker answers. */
    @Test
    void whatTheCommandSaysInALineNoLogRepeats() {
        assertThat(LoggerFactory.getLogger("org.apache.kafka.clients.NetworkClient")
                        .isWarnEnabled())
                .isFalse();
        assertThat(LoggerFactory.getLogger("org.apache.flink.core.fs.FileSystem")
                        .isWarnEnabled())
                .isTrue();
    }

    @Test
    void helpTellsWhichJobsCount() {
        CommandRun run = CommandRun.of("publish", "--help");
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("--wait-timeout=D").contains("A job is live once it says anything");
        assertThat(CommandRun.of("--help").out())
                .contains("publish")
                .contains("rollback")
                .contains("status");
    }

    @Test
    void aKafkaConfigThatCannotBeReadIsReported() {
        CommandRun run = CommandRun.of(
                "status", "--bootstrap-servers", "broker:9092", "--kafka-config", "/no/such/client.properties");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("--kafka-config must be a readable file, was '/no/such/client.properties' (not there)");
    }
}
