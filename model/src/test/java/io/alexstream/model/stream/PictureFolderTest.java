package io.alexstream.model.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.stream.PictureFolder.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {

    @TempDir
    private Path folder;

    @Test
    void findsPicturesInSubFoldersInOrder() throws IOException {
        touch("zebra.JPG");
        touch("cats/b.png");
        touch("cats/young/a b.webp");
        touch("dogs/1.tiff");

        PictureFolder found = PictureFolder.read(folder);

        assertThat(found.pictures())
                .extracting(Picture::name)
                .containsExactly("cats/b.png", "cats/young/a b.webp", "dogs/1.tiff", "zebra.JPG");
        assertThat(found.pictures()).extracting(Picture::label).containsExactly("cats", "cats", "dogs", null);
        assertThat(found.pictures())
                .extracting(Picture::mediaType)
                .containsExactly("image/png", "image/webp", "image/tiff", "image/jpeg");
        assertThat(found.pictures().get(1).uri())
                .startsWith("file:///")
                .endsWith("/cats/young/a%20b.webp")
                .contains(folder.toRealPath().getFileName().toString());
        assertThat(found.leftOutMessage()).isNull();
    }

    @Test
    void saysWhatItLeavesOut() throws IOException {
        touch("a.jpg");
        touch("notes.txt");
        touch("more.txt");
        touch("LICENSE");
        touch(".hidden.jpg");
        touch(".cache/b.jpg");

        PictureFolder found = PictureFolder.read(folder);

        assertThat(found.pictures()).extracting(Picture::name).containsExactly("a.jpg");
        assertThat(found.leftOutMessage())
                .isEqualTo("3 files left out, not named like a picture (.txt 2, no ending 1)");
    }

    @Test
    void takesAFolderThatIsHiddenItself() throws IOException {
        touch(".pictures/a.jpg");

        assertThat(PictureFolder.read(folder.resolve(".pictures")).pictures()).hasSize(1);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        assertThatThrownBy(() -> PictureFolder.read(folder.resolve("none")))
                .isInstanceOf(StreamException.class)
                .hasMessage("the folder " + folder.resolve("none") + " does not exist");
    }

    @Test
    void refusesAFileInPlaceOfAFolder() throws IOException {
        touch("a.jpg");

        assertThatThrownBy(() -> PictureFolder.read(folder.resolve("a.jpg"))).hasMessageEndingWith("is not a folder");
    }

    @Test
    void refusesAFolderWithoutPictures() throws IOException {
        touch("notes.txt");

        assertThatThrownBy(() -> PictureFolder.read(folder))
                .hasMessageStartingWith("no picture lies in ")
                .hasMessageContaining(".jpg")
                .hasMessageNotContaining("\n");
    }

    @Test
    void putsPicturesIntoTheirReference() throws IOException {
        Files.write(folder.resolve("a.png"), new byte[] {1, 2, 3});
        Files.write(folder.resolve("b.png"), new byte[(512 << 10) + 1]);

        PictureFolder found = PictureFolder.read(folder);

        assertThat(InlineUri.of(found.pictures().get(0))).isEqualTo("data:image/png;base64,AQID");
        assertThat(InlineUri.of(found.pictures().get(1))).isNull();
    }

    private void touch(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }
}
