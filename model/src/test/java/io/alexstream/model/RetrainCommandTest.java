package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The command {@code retrain}, as far as no broker is needed. */
class RetrainCommandTest {

    @Test
    void reportsAllMistakesTogetherOneALine() {
        CommandRun run = CommandRun.of(
                "retrain",
                "--bootstrap-servers",
                "nowhere",
                "--min-gain",
                "2",
                "--max-class-drop",
                "NaN",
                "--every",
                "6",
                "--every-labels",
                "0",
                "--labels-topic",
                "a b",
                "--allowed-uris",
                "pictures",
                "--min-class-images",
                "0",
                "--held-out",
                "0",
                "--preset",
                "huge",
                "--progress-every",
                "never",
                "--out",
                "x");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines())
                .containsExactly(
                        "unknown option --out",
                        "unexpected argument 'x'",
                        "--name is missing",
                        "--repository is missing",
                        "--bootstrap-servers must be host:port, several separated by commas, was 'nowhere'",
                        "--labels-topic must be 1 to 249 letters, digits, dots, dashes or underscores, was 'a b'",
                        "--allowed-uris: allowed URI 'pictures' has no scheme; expected data:, a folder such as /data/images/ or"
                                + " file:///data/images/, or a URI such as https://images.example.com/ or s3://bucket/prefix/",
                        "--held-out must be a number above 0 and below 1, was '0'",
                        "--min-class-images must be a whole number from 1 to 2147483647, was '0'",
                        "--preset must be one of SMALL, PAPER, was 'huge'",
                        "give --every or --every-labels, not both",
                        "--min-gain must be a number from 0 to 1, was '2'",
                        "--max-class-drop must be a number from 0 to 1, was 'NaN'",
                        "--every must be a time like 250 ms, 30 s, 5 min or 1 h, was '6'",
                        "--every-labels must be a whole number from 1 to 2147483647, was '0'",
                        "--progress-every must be a time like 250 ms, 30 s, 5 min or 1 h, was 'never'",
                        "See 'model retrain --help'.");
    }

    @Test
    void saysInALineThatNoBrokerAnswers() {
        CommandRun run = CommandRun.of(
                "retrain",
                "--bootstrap-servers",
                "127.0.0.1:1",
                "--name",
                "alexnet",
                "--repository",
                "none",
                "--kafka-property",
                "default.api.timeout.ms=200",
                "--kafka-property",
                "request.timeout.ms=100");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines()).singleElement().asString().startsWith("no Kafka broker answers at 127.0.0.1:1");
    }
}
