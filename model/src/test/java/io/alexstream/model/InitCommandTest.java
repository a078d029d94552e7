package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {

    @TempDir
    private Path directory;

    @Test
    void reportsAllMistakesTogetherOneALine() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        CommandRun run = CommandRun.of(
                "init",
                "--nam",
                "x",
                "--classes",
                "1",
                "--seed",
                "s",
                "--init",
                "xavier",
                "--top-k",
                "0",
                "--out",
                file.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "unknown option --nam",
                        "unexpected argument 'x'",
                        "--name is missing",
                        "--classes must be a whole number from 2 to 100000, was '1'",
                        "--seed must be a whole number of at most 64 bits, was 's'",
                        "--init must be one of HE, PAPER, was 'xavier'",
                        "--top-k must be a whole number from 1 to 1000, was '0'",
                        "--out must be a directory that can be written, was '" + file + "' (" + file + " cannot)",
                        "See 'model init --help'.");
    }

    @Test
    void wantsLabelsOrClassesButNotBoth() {
        assertThat(CommandRun.of("init").err()).contains("give either --labels FILE or --classes N\n");
        assertThat(CommandRun.of("init", "--labels", "f", "--classes", "3").err())
                .contains("give either --labels FILE or --classes N, not both");
    }

    @Test
    void saysWhatIsWrongWithALabelFile() throws IOException {
        assertThat(problem(Files.writeString(directory.resolve("none"), "\n\n")))
                .contains("has no labels");
        assertThat(problem(Files.writeString(directory.resolve("gap"), "ant\n\nbee\n")))
                .contains("line 2 of");
        assertThat(problem(Files.write(directory.resolve("latin"), new byte[] {'a', (byte) 0xE9, '\n'})))
                .contains("not UTF-8");
        assertThat(problem(directory.resolve("gone"))).contains("(not there)");
        assertThat(problem(directory)).contains("must be a readable file");
    }

    @Test
    void helpsOnStdout() {
        for (String[] arguments : new String[][] {{"--help"}, {"init", "--help"}, {"import", "--help"}}) {
            CommandRun run = CommandRun.of(arguments);
            assertThat(run.status()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("Usage: model");
        }
        assertThat(CommandRun.of().status()).isEqualTo(2);
        assertThat(CommandRun.of("retrain-all").err()).contains("retrain-all");
    }

    @Test
    void refusesUnknownOptionsOfTheOtherCommandsToo() {
        CommandRun run = CommandRun.of("tail", "--bootstrap-servers", "localhost:1", "--jsn");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("--jsn");
    }

    private static String problem(Path labels) {
        CommandRun run = CommandRun.of("init", "--name", "n", "--out", "target", "--labels", labels.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(2);
        return run.err();
    }
}
