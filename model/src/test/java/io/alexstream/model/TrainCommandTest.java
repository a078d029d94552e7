package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.testing.DrawnClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it, on the tiny net. */
class TrainCommandTest {

    @TempDir
    private Path directory;

    private CommandRun train(String... more) {
        List<String> arguments = new ArrayList<>(List.of("train", "--threads", "1", "--out"));
        arguments.add(directory.resolve("packages").toString());
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private String tiny(String... labels) throws IOException {
        return PackageWriter.onCpu()
                .write(directory.resolve("packages"), "tiny", FreshModel.tiny(List.of(labels), 1))
                .directory()
                .toString();
    }

    private ModelManifest manifest(String version) throws IOException {
        Path file = directory.resolve("packages/tiny").resolve(version).resolve(ModelManifest.FILE_NAME);
        return Json.fromBytes(Files.readAllBytes(file), ModelManifest.class);
    }

    @Test
    void trainsAPackageFurtherAndAddsTheClassesThatItLacks() throws IOException {
        String first = tiny("across", "down");
        DrawnClasses.draw(directory.resolve("data"), 12);
        CommandRun run = train(
                "--name",
                "tiny",
                "--from",
                first,
                "--data",
                directory.resolve("data").toString(),
                "--epochs",
                "30");
        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("packages/tiny/2");
        ModelManifest manifest = manifest("2");
        assertThat(manifest.labels()).containsExactly("across", "down", "checks");
        assertThat(manifest.parentVersion()).isEqualTo(1);
        assertThat(manifest.metrics().top1()).isGreaterThan(0.6);
        assertThat(manifest.metrics().samples()).isPositive();
        assertThat(manifest.training().get("history")).hasSize(30);
        assertThat(directory.resolve("packages/tiny/training.checkpoint")).doesNotExist();
    }

    @Test
    void takesLabelsFromAFileAndLeavesOutWhatItMay() throws IOException {
        String first = tiny("across", "checks", "down");
        DrawnClasses.draw(directory.resolve("data"), 4);
        StringBuilder lines = new StringBuilder("uri,label\n");
        for (String name : DrawnClasses.NAMES) {
            for (int i = 0; i < 4; i++) {
                lines.append("data/" + name + "/" + i + ".png," + name + "\n");
            }
        }
        Files.writeString(directory.resolve("torn.png"), "no picture");
        Path file = Files.writeString(directory.resolve("labels.csv"), lines + "torn.png,down\n");
        CommandRun strict = train("--name", "tiny", "--from", first, "--data", file.toString());
        assertThat(strict.status()).isEqualTo(1);
        assertThat(strict.err().lines())
                .containsExactly("1 of 13 images cannot be read (listed above), --max-bad allows 0");
        CommandRun lenient = train("--name", "tiny", "--from", first, "--data", file.toString(), "--max-bad", "1");
        assertThat(lenient.status()).isZero();
        assertThat(manifest("2").training().get("unreadableImages").asInt()).isEqualTo(1);
    }

    @Test
    void refusesAllAtOnceBeforeItTrains() throws IOException {
        Path data = directory.resolve("data");
        DrawnClasses.picture(data.resolve("only/1.png"), 0, 1);
        Files.createDirectories(data.resolve("void"));
        Path file = Files.writeString(directory.resolve("file"), "x");
        CommandRun run = CommandRun.of(
                "train",
                "--data",
                data.toString(),
                "--preset",
                "large",
                "--epochs",
                "0",
                "--freeze",
                "some",
                "--precision",
                "fp16",
                "--seed",
                "x",
                "--held-out",
                "1",
                "--max-bad",
                "-1",
                "--checkpoint-every",
                "often",
                "--out",
                file.toString(),
                "--what");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines())
                .containsExactly(
                        "unknown option --what",
                        "--name is missing",
                        "--preset must be one of SMALL, PAPER, was 'large'",
                        "--epochs must be a whole number from 1 to 100000, was '0'",
                        "--freeze must be one of NONE, CONV, ALL_BUT_LAST, was 'some'",
                        "--precision must be one of FP32, BF16, was 'fp16'",
                        "--seed must be a whole number of at most 64 bits, was 'x'",
                        "--checkpoint-every must be a time like 250 ms, 30 s, 5 min or 1 h, was 'often'",
                        "--held-out must be a number above 0 and below 1, was '1'",
                        "--max-bad must be a whole number from 0 to 2147483647, was '-1'",
                        "--out must be a directory that can be written, was '" + file + "' (" + file + " cannot)",
                        "the class 'void' is empty: no picture lies in " + data.resolve("void"),
                        "See 'model train --help'.");
    }

    @Test
    void refusesImagesThatCannotBeLearntFrom() throws IOException {
        Path one = directory.resolve("one");
        DrawnClasses.picture(one.resolve("only/1.png"), 0, 1);
        assertThat(train("--name", "n", "--data", one.toString()).err().lines())
                .containsExactly(
                        "there is only the class 'only'; training needs images of two or more",
                        "no image is held out: a class of two images or more is needed, or a larger --held-out",
                        "See 'model train --help'.");
        assertThat(train("--name", "n", "--data", directory.resolve("none").toString())
                        .err())
                .contains("(not there)");
        assertThat(train("--name", "n").err()).contains("give either --data DIR|FILE or --labels-topic TOPIC\n");
        assertThat(train("--name", "n", "--labels-topic", "labels").err()).contains("--bootstrap-servers is missing");
        Path csv = Files.writeString(directory.resolve("wrong.csv"), "a.png;cat\nb.png,\n\"c.png,dog\n");
        assertThat(train("--name", "n", "--data", csv.toString()).err().lines())
                .containsExactly(
                        "line 1 of " + csv + ": expected uri,label, found 1 fields",
                        "line 2 of " + csv + ": a uri and a label are needed",
                        "line 3 of " + csv + ": expected uri,label, found a quote that does not end",
                        "See 'model train --help'.");
    }

    /** Labels are strangers' text: neither a new line nor an escape sequence of theirs reaches the terminal. */
    @Test
    void labelsInMessagesAreMadeHarmless() throws IOException {
        Path file = Files.writeString(
                directory.resolve("l.jsonl"), "{\"uri\":\"a.png\",\"label\":\"red\\u001b[31m\\nwine\"}\n");
        assertThat(train("--name", "n", "--data", file.toString()).err().lines())
                .containsExactly(
                        "there is only the class 'red?[31m wine'; training needs images of two or more",
                        "no image is held out: a class of two images or more is needed, or a larger --held-out",
                        "See 'model train --help'.");
    }

    @Test
    void refusesAPackageThatIsNoneOrNotOurs() throws IOException {
        DrawnClasses.draw(directory.resolve("data"), 2);
        String data = directory.resolve("data").toString();
        assertThat(train("--name", "n", "--data", data, "--from", directory.toString())
                        .err())
                .startsWith("--from: model package file://" + directory)
                .contains("manifest.json");
        assertThat(train("--name", "n", "--data", data, "--resume").err()).contains("--resume finds no checkpoint");
        assertThat(train("--name", "n", "--data", data, "--lrn", "--from", tiny("across", "down"))
                        .err())
                .contains("--lrn is for fresh weights");
    }
}
