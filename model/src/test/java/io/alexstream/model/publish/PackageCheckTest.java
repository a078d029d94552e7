package io.alexstream.model.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.export.FreshModel;
import io.alexstream.model.export.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageCheckTest {

    @TempDir
    private Path directory;

    private Path made;

    @BeforeEach
    void makeAPackage() throws IOException {
        made = PackageWriter.onCpu()
                .write(directory.resolve("made"), "tiny", FreshModel.tiny(List.of("ant", "bee", "cat"), 1))
                .directory();
    }

    @Test
    void passesAWholePackage() throws IOException {
        CheckedPackage checked = check();

        assertThat(checked.ref().version()).isEqualTo(1);
        assertThat(checked.manifestBytes(1)).isEqualTo(Files.readAllBytes(made.resolve("manifest.json")));
    }

    @Test
    void refusesADamagedFile() throws IOException {
        byte[] weights = Files.readAllBytes(made.resolve("weights.bin"));
        weights[weights.length / 2] ^= 1;
        Files.write(made.resolve("weights.bin"), weights);

        assertThatThrownBy(this::check).hasMessageContaining("weights.bin has sha-256");
    }

    @Test
    void refusesAnswersThatAreNotTheGoldenOnes() throws IOException {
        edit("\"probabilities\" : \\[ [0-9.E-]+", "\"probabilities\" : [ 0.999");

        assertThatThrownBy(this::check).hasMessageContaining("fails its golden check");
    }

    @Test
    void refusesFramesOfAnotherSize() throws IOException {
        edit("\"height\" : 32", "\"height\" : 33");

        assertThatThrownBy(this::check)
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("takes 32 x 32 frames, the manifest says 33 x 32");
    }

    @Test
    void refusesAFolderWithoutManifest() {
        assertThatThrownBy(() -> check(made.getParent())).hasMessageContaining("there is no manifest.json");
    }

    private void edit(String pattern, String replacement) throws IOException {
        Path manifest = made.resolve("manifest.json");
        String before = Files.readString(manifest);
        String after = before.replaceFirst(pattern, replacement);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(manifest, after);
    }

    private CheckedPackage check() throws IOException {
        return check(made);
    }

    private CheckedPackage check(Path location) throws IOException {
        Path copy = Files.createTempDirectory(directory, "copy");
        return PackageCheck.onCpu().check(PackageLocation.uri(location.toString()), copy, Progress.NONE);
    }
}
