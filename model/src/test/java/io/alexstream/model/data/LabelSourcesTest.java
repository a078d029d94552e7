package io.alexstream.model.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ImageLabel;
import io.alexstream.model.stream.LabelTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folder, file and topic. */
class LabelSourcesTest {

    @TempDir
    private Path folder;

    private void touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    @Test
    void takesTheSubFoldersOfAFolderAsClasses() throws IOException {
        touch("cat/1.jpg");
        touch("cat/young/2.jpg");
        touch("dog/1.jpg");
        touch("loose.jpg");
        touch("dog/notes.txt");
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve(".hidden"));
        LabelledImages found = ImageFolder.read(folder);
        assertThat(found.images())
                .extracting(LabelledImage::key)
                .containsExactly("cat/1.jpg", "cat/young/2.jpg", "dog/1.jpg");
        assertThat(found.images()).extracting(LabelledImage::label).containsExactly("cat", "cat", "dog");
        assertThat(found.problems())
                .containsExactly("the class 'empty' is empty: no picture lies in " + folder.resolve("empty"));
        assertThat(found.notes()).hasSize(2).first().asString().startsWith("1 picture lies in no class's sub-folder");
        assertThat(ImageFolder.read(folder.resolve("none")).problems())
                .singleElement()
                .asString()
                .contains("does not exist");
    }

    @Test
    void readsCommaSeparatedLines() throws IOException {
        Path file = Files.writeString(
                folder.resolve("l.csv"),
                "\uFEFFuri,label\r\na.png,cat\r\n\r\n\"b,\"\"1\"\".png\",\"big, dog\"\r\ndata:image/png;base64;x,cat\na.png,dog\n");
        LabelledImages found = LabelList.read(file);
        assertThat(found.problems()).isEmpty();
        // The last label of an image wins, at the place of its first.
        assertThat(found.images()).extracting(LabelledImage::label).containsExactly("dog", "big, dog", "cat");
        assertThat(found.images().get(0).uri())
                .isEqualTo(folder.resolve("a.png").toUri().toString());
        assertThat(found.images().get(1).key()).isEqualTo("b,\"1\".png");
        assertThat(found.images().get(2).uri()).startsWith("data:");
    }

    @Test
    void anImageIsOneHoweverItsPathIsWritten() throws IOException {
        Path file = Files.writeString(
                folder.resolve("l.csv"),
                "a.png,cat\n./a.png,dog\nx/../a.png,cow\n" + folder.resolve("a.png") + ",pig\n");
        LabelledImages found = LabelList.read(file);
        assertThat(found.images())
                .containsExactly(new LabelledImage(
                        "a.png", folder.resolve("a.png").toUri().toString(), "pig"));
        assertThat(found.notes())
                .containsExactly(
                        "3 lines of " + file + " name an image that a later line names again; the last label counts");
    }

    @Test
    void saysThatAClassBehindASymbolicLinkIsNotFollowed() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("1.png"), "x");
        Path data = Files.createDirectories(folder.resolve("data/real")).getParent();
        Files.writeString(data.resolve("real/1.png"), "x");
        Files.createSymbolicLink(data.resolve("linked"), elsewhere);
        assertThat(ImageFolder.read(data).problems())
                .containsExactly("the class 'linked' is empty: " + data.resolve("linked")
                        + " is a symbolic link, which is not followed; put a folder there");
    }

    @Test
    void readsJsonLines() throws IOException {
        Path file = Files.writeString(
                folder.resolve("l.jsonl"),
                "{\"id\":\"1\",\"uri\":\"https://h/a.png\",\"label\":\"cat\"}\n{\"uri\":\"b.png\"}\nnonsense\n");
        LabelledImages found = LabelList.read(file);
        assertThat(found.images())
                .singleElement()
                .extracting(LabelledImage::uri)
                .isEqualTo("https://h/a.png");
        assertThat(found.problems()).hasSize(2);
        assertThat(found.problems().get(0)).startsWith("line 2 of " + file).contains("a label");
        assertThat(found.problems().get(1)).startsWith("line 3 of " + file);
    }

    @Test
    void takesOtherEndingsForCommaSeparatedLines() throws IOException {
        Path file = Files.writeString(folder.resolve("all"), "a.png,cat\n");
        assertThat(LabelList.read(file).images())
                .extracting(LabelledImage::label)
                .containsExactly("cat");
    }

    @Test
    void namesOnlyTheFirstFaultyLines() throws IOException {
        Path file = Files.writeString(folder.resolve("l.csv"), "wrong\n".repeat(50));
        assertThat(LabelList.read(file).problems()).hasSize(11).last().isEqualTo("... and 40 more");
        assertThat(LabelList.read(Files.writeString(folder.resolve("e.csv"), "uri,label\n"))
                        .problems())
                .singleElement()
                .asString()
                .contains("has no labels");
        assertThat(LabelList.read(Files.write(folder.resolve("b.csv"), new byte[] {'a', (byte) 0xE9}))
                        .problems())
                .singleElement()
                .asString()
                .contains("not UTF-8");
    }

    @Test
    void takesTheLatestLabelOfATopicsImages() {
        LabelTopic topic = new LabelTopic(
                List.of(
                        new ImageLabel("1", "file:///a", "cat"),
                        new ImageLabel("2", "file:///b", "dog"),
                        new ImageLabel("9", "file:///a", "dog"),
                        new ImageLabel("3", "file:///c", " ")),
                List.of("labels-0-4 is no label: x"));
        LabelledImages found = TopicLabels.of(topic, List.of("file:///"));
        assertThat(found.images())
                .containsExactly(
                        new LabelledImage("file:///a", "file:///a", "dog"),
                        new LabelledImage("file:///b", "file:///b", "dog"));
        assertThat(found.notes()).containsExactly("labels-0-4 is no label: x", "1 labels are empty and were left out");
        assertThat(TopicLabels.of(new LabelTopic(List.of(), List.of()), List.of())
                        .problems())
                .hasSize(1);
    }
}
