package io.alexstream.model.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.export.Progress;
import io.alexstream.model.publish.CheckedPackage;
import io.alexstream.model.publish.PackageCheck;
import io.alexstream.model.publish.PackageLocation;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlacementTest {

    private static final Terminal SILENT =
            Terminal.plain(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

    @TempDir
    private Path folder;

    private Path repository;
    private CheckedPackage checked;

    @BeforeEach
    void makeAPackage() throws IOException {
        repository = folder.resolve("repository");
        WrittenPackage made =
                PackageWriter.onCpu().write(folder.resolve("made"), "tiny", FreshModel.tiny(List.of("ant", "bee"), 1));
        checked = PackageCheck.onCpu()
                .check(made.ref().uri(), Files.createDirectory(folder.resolve("checked")), Progress.NONE);
    }

    @Test
    void keepsTheCopyWhereAnotherPublisherWasFasterMeanwhile() throws IOException {
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> place(name -> asked.getAndIncrement() == 0 ? null : update(2), false))
                .isInstanceOf(PublishException.class)
                .hasMessageStartingWith("tiny 1 is not newer than the newest update, version 2");

        assertThat(asked).hasValue(2);
        assertThat(repository.resolve("tiny/1/manifest.json"))
                .as("others may have published it since it was committed")
                .exists();
    }

    @Test
    void leavesNothingWhereAsHighAVersionWasPublishedBefore() {
        assertThatThrownBy(() -> place(name -> update(2), false)).isInstanceOf(PublishException.class);

        assertThat(repository.resolve("tiny")).isEmptyDirectory();
    }

    @Test
    void placesAnOlderVersionWhereThatIsForced() throws IOException {
        ModelRef placed = place(name -> update(2), true);

        assertThat(placed.version()).isEqualTo(1);
        assertThat(repository.resolve("tiny/1/manifest.json")).exists();
    }

    private ModelRef place(Function<String, @Nullable PublishedUpdate> newest, boolean force) throws IOException {
        PackageRepository target = PackageRepository.at(PackageLocation.uri(repository.toString()));
        return new Placement(target, newest, force, SILENT).place(checked, 1);
    }

    private static PublishedUpdate update(int version) {
        return new PublishedUpdate(
                0, 0, new ModelUpdate("tiny", version, "file:///elsewhere", "0".repeat(64), Instant.EPOCH));
    }
}
