package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.testing.DrawnClasses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a person uses it, on the tiny net. */
class EvaluateCommandTest {

    private static final String HOSTILE = "<script>alert(1)</script>\"'& \u202Egnp.exe";

    @TempDir
    private Path directory;

    private String data = "";

    @BeforeEach
    void draw() throws IOException {
        data = DrawnClasses.draw(directory.resolve("data"), 12).toString();
    }

    private String tiny(long seed, String... labels) throws IOException {
        return PackageWriter.onCpu()
                .write(directory.resolve("packages"), "tiny", FreshModel.tiny(List.of(labels), seed))
                .directory()
                .toString();
    }

    private static CommandRun evaluate(String... more) {
        List<String> arguments = new ArrayList<>(List.of("evaluate"));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private static Map<?, ?> json(CommandRun run) throws IOException {
        assertThat(run.err()).isEmpty();
        return Json.fromBytes(run.out().getBytes(StandardCharsets.UTF_8), Map.class);
    }

    private static Map<?, ?> first(Map<?, ?> json) {
        return (Map<?, ?>) ((List<?>) json.get("packages")).get(0);
    }

    @Test
    void heldOutImagesAreThoseThatTrainingMeasuredOn() throws IOException {
        String first = tiny(1, DrawnClasses.NAMES);
        CommandRun trained = CommandRun.of(
                "train",
                "--name",
                "tiny",
                "--from",
                first,
                "--data",
                data,
                "--epochs",
                "30",
                "--threads",
                "1",
                "--held-out",
                "0.4",
                "--out",
                directory.resolve("packages").toString());
        assertThat(trained.status()).isZero();
        Path second = directory.resolve("packages/tiny/2");
        ModelManifest manifest =
                Json.fromBytes(Files.readAllBytes(second.resolve(ModelManifest.FILE_NAME)), ModelManifest.class);
        Map<?, ?> result =
                first(json(evaluate("--package", second.toString(), "--data", data, "--held-out", "0.4", "--json")));
        assertThat(result.get("images")).isEqualTo((int) manifest.metrics().samples());
        assertThat((double) result.get("top1Error"))
                .isCloseTo(1 - manifest.metrics().top1(), within(1e-9));
        Path report = directory.resolve("new/report.html");
        CommandRun compared = evaluate(
                "--package", second.toString(), "--compare", first, "--data", data, "--report", report.toString());
        assertThat(compared.out())
                .contains("TOP-1 ERROR", "tiny 1", "tiny 2", "RIGHT, VERSION 1", "RIGHT, VERSION 2")
                .containsPattern("tiny 2 is right on \\+\\d+ of 36 images compared with tiny 1");
        assertThat(Files.readString(report))
                .contains("<h2>Training</h2>", "<polyline", "<h2>Filters of conv1</h2>", "<h2>Confusion</h2>")
                .contains("Worst pictures", "Best pictures", "src=\"data:image/jpeg;base64,")
                .contains("default-src 'none'")
                .doesNotContain("http:", "https:", "<script", "<link", "url(");
    }

    @Test
    void labelsAndNamesOfStrangersAreTextInTheReport() throws IOException {
        Path picture = directory.resolve("data/<b onmouseover=x>.png");
        DrawnClasses.picture(picture, 0, 99);
        Path other = directory.resolve("data/other.png");
        DrawnClasses.picture(other, 1, 99);
        Path csv = Files.writeString(
                directory.resolve("labels.csv"),
                "data/%3Cb onmouseover=x%3E.png,across\n".replace("%3C", "<").replace("%3E", ">") + "data/other.png,\""
                        + HOSTILE.replace("\"", "\"\"") + "\"\n");
        Path report = directory.resolve("report.html");
        String named = tiny(1, "across", HOSTILE, "</title><img src=x>");
        CommandRun run =
                evaluate("--package", named, "--data", csv.toString(), "--ten-crop", "--report", report.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("<script>alert(1)</script>").doesNotContain("\u202E");
        assertThat(Files.readString(report))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;")
                .contains("&lt;b onmouseover=x&gt;.png")
                .doesNotContain("<script", "<b onmouseover", "<img src=x", "\u202E");
    }

    @Test
    void listsWhatItCannotReadAndWhatThePackageLacks() throws IOException {
        Files.writeString(directory.resolve("data/down/broken.png"), "no picture");
        String narrow = tiny(1, "across", "down");
        CommandRun run = evaluate("--package", narrow, "--data", data);
        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("tiny 1 has no class for checks: all their images count as wrong");
        Map<?, ?> result = json(evaluate("--package", narrow, "--data", data, "--json"));
        assertThat(result.get("unreadable").toString()).contains("down/broken.png");
        assertThat(first(result).get("images")).isEqualTo(36);
        Path only = directory.resolve("only");
        Files.createDirectories(only.resolve("down"));
        Files.writeString(only.resolve("down/broken.png"), "no picture");
        CommandRun none = evaluate("--package", narrow, "--data", only.toString());
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err().lines()).singleElement().asString().startsWith("none of the 1 images can be read");
    }

    @Test
    void namesTheReportThatTheDiskHasNoRoomFor() throws IOException {
        CommandRun run = evaluate("--package", tiny(1, "across", "down"), "--data", data, "--report", "/dev/full");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .isEqualTo("the report /dev/full cannot be written: IOException: No space left on device\n");
    }

    @Test
    void refusesWhatLeavesNoImageToAskAbout() throws IOException {
        String tiny = tiny(1, "across", "down");
        CommandRun loose = evaluate("--package", tiny, "--data", data + "/down");
        assertThat(loose.status()).isEqualTo(2);
        assertThat(loose.err().lines().findFirst())
                .hasValue("no picture lies in a sub-folder of " + data
                        + "/down; each class needs one, named by its label");
        Path single = directory.resolve("single");
        DrawnClasses.picture(single.resolve("down/1.png"), 2, 1);
        CommandRun none = evaluate("--package", tiny, "--data", single.toString(), "--held-out", "0.5");
        assertThat(none.status()).isEqualTo(1);
        assertThat(none.err()).isEqualTo("no image is held out: a class of two images or more is needed\n");
    }

    @Test
    void refusesAllAtOnce() throws IOException {
        CommandRun run = evaluate(
                "--compare",
                directory.resolve("none").toString(),
                "--held-out",
                "2",
                "--report",
                directory.toString(),
                "--what");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("unknown option --what\n")
                .contains("--package is missing\n")
                .contains("--report must be a file, was the folder '" + directory + "'\n")
                .contains("--held-out must be a number above 0 and below 1, was '2'\n")
                .contains("give either --data DIR|FILE or --labels-topic TOPIC\n")
                .contains("--compare: model package file://" + directory + "/none")
                .doesNotContain("\tat ");
    }
}
