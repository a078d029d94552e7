package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandLineTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void takesBothWaysToWriteAValue() {
        CommandLine line = CommandLine.parse("--job.name", "a", "--images.topic=b=c", "--classifications.topic=");

        assertThat(line.problems()).isEmpty();
        assertThat(line.configuration().toMap())
                .containsEntry("job.name", "a")
                .containsEntry("images.topic", "b=c")
                .containsEntry("classifications.topic", "");
    }

    @Test
    void letsWhatComesLaterWin() throws IOException {
        String first = file("first.properties", "job.name = one\nimages.topic = one\nimages.group-id = one  \n");
        String second = file("second.properties", "images.topic: two\nkafka.properties.linger.ms=20\n");

        CommandLine line = CommandLine.parse(
                "--job.name", "zero", "--config", first, "--config=" + second, "--images.group-id", "three");

        assertThat(line.problems()).isEmpty();
        assertThat(line.configuration().toMap())
                .containsEntry("job.name", "one")
                .containsEntry("images.topic", "two")
                .containsEntry("images.group-id", "three")
                .containsEntry("kafka.properties.linger.ms", "20");
    }

    @Test
    void namesPasswordsThatStandOnTheCommandLineAndNoneOfAFile() throws IOException {
        String file = file("secret.properties", "kafka.properties.ssl.key.password=a\n");

        CommandLine line = CommandLine.parse(
                "--config",
                file,
                "--kafka.properties.ssl.truststore.location=/a",
                "--kafka.properties.sasl.jaas.config",
                "b",
                "--kafka.properties.ssl.truststore.password=c");

        assertThat(line.problems()).isEmpty();
        assertThat(line.exposed())
                .containsExactly("kafka.properties.sasl.jaas.config", "kafka.properties.ssl.truststore.password");
    }

    @Test
    void readsAFileAsUtf8() throws IOException {
        String file = file("utf8.properties", "job.name=Bücher\n");

        assertThat(CommandLine.parse("--config", file).configuration().toMap()).containsEntry("job.name", "Bücher");
    }

    @Test
    void namesTheOptionThatWasMeant() {
        assertThat(CommandLine.parse("--image.topic", "x", "--batch.maxsize=8").problems())
                .containsExactly(
                        "image.topic: unknown option; did you mean 'images.topic'?",
                        "batch.maxsize: unknown option; did you mean 'batch.max-size'?");
    }

    @Test
    void suggestsNothingForWhatIsLikeNothing() {
        assertThat(CommandLine.parse("--zzzzzzzzzzzz", "x").problems()).containsExactly("zzzzzzzzzzzz: unknown option");
    }

    @Test
    void reportsEveryMistakeAtOnce() throws IOException {
        String file = file("bad.properties", "job.nam=x\n");
        String absent = directory.resolve("absent.properties").toString();

        assertThat(CommandLine.parse(
                                "stray",
                                "--job.name",
                                "--images.topic",
                                "t",
                                "--config",
                                file,
                                "--config",
                                absent,
                                "--kafka.properties",
                                "x",
                                "--",
                                "--config")
                        .problems())
                .containsExactly(
                        "argument 1: expected --key value, --config FILE or --help; quote a value that holds spaces",
                        "job.name: has no value; write --job.name VALUE, or --job.name=VALUE where it begins with --",
                        "job.nam: unknown option in " + file + "; did you mean 'job.name'?",
                        "config: cannot read the properties file '" + absent + "': there is no such file",
                        "kafka.properties: unknown option; did you mean 'kafka.properties.*'?",
                        "argument 11: expected --key value, --config FILE or --help; quote a value that holds spaces",
                        "config: has no value; write --config VALUE, or --config=VALUE where it begins with --");
    }

    @Test
    void doesNotRepeatPiecesOfAPasswordThatWasNotQuoted() {
        CommandLine line =
                CommandLine.parse("--kafka.properties.sasl.jaas.config", "Login", "required", "password=hunter2;");

        assertThat(line.problems()).hasSize(2).noneMatch(problem -> problem.contains("hunter2"));
    }

    @Test
    void refusesADirectoryAsAFile() {
        assertThat(CommandLine.parse("--config", directory.toString()).problems())
                .singleElement()
                .asString()
                .startsWith("config: cannot read the properties file");
    }

    @Test
    void refusesAFileThatIsNoPropertiesFile() throws IOException {
        assertThat(CommandLine.parse("--config", file("bad.properties", "a=\\u12"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("config: cannot read the properties file");
    }

    @Test
    void asksForHelp() {
        assertThat(CommandLine.parse("--help").isHelp()).isTrue();
        assertThat(CommandLine.parse("--job.name", "x", "-h").isHelp()).isTrue();
        assertThat(CommandLine.parse().isHelp()).isFalse();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content, StandardCharsets.UTF_8)
                .toString();
    }
}
