package io.alexstream.model.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.export.ModelSource;
import io.alexstream.model.export.Progress;
import io.alexstream.serving.GoldenCheck;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageWriterTest {

    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30.123Z");
    private static final ModelSource TINY = FreshModel.tiny(List.of("ant", "bee", "cat"), 1);

    @TempDir
    private Path repository;

    private final SessionFactory sessions = new OnnxSessionFactory(SessionOptions.cpu(1));
    private final PackageWriter writer = new PackageWriter(sessions, InstantSource.fixed(NOW), Progress.NONE);

    @Test
    void writesPackagesThatServingAccepts() throws IOException {
        WrittenPackage written = writer.write(repository, "tiny", TINY);
        Path local = Files.createDirectory(repository.resolve("local"));
        ModelPackage read =
                new ModelRepository().fetch(written.ref().uri(), written.ref().sha256(), local);
        assertThat(read.manifest()).isEqualTo(written.manifest());
        try (InferenceSession session = sessions.open(read.model())) {
            GoldenCheck.check(read, session);
        }
    }

    @Test
    void tellsInTheManifestWhatThePackageIs() throws IOException {
        WrittenPackage written = writer.write(repository, "tiny", TINY);
        ModelManifest manifest =
                Json.fromBytes(Files.readAllBytes(written.directory().resolve("manifest.json")), ModelManifest.class);
        assertThat(manifest.name()).isEqualTo("tiny");
        assertThat(manifest.version()).isEqualTo(1);
        assertThat(manifest.parentVersion()).isNull();
        assertThat(manifest.createdAt()).isEqualTo(NOW);
        assertThat(manifest.labels()).containsExactly("ant", "bee", "cat");
        assertThat(manifest.input()).isEqualTo(InputSpec.square(32, 36));
        assertThat(manifest.files()).containsOnlyKeys("model.onnx", "weights.bin", "golden.bin");
        assertThat(String.valueOf(manifest.training())).contains("\"seed\":1").contains("\"initialization\":\"he\"");
        assertThat(manifest.golden().expected()).hasSize(6);
        assertThat(manifest.golden().tolerance()).isBetween(1e-3, 0.02);
    }

    @Test
    void takesTheNumberAfterTheHighest() throws IOException {
        Path versions = Files.createDirectories(repository.resolve("tiny"));
        Files.createDirectory(versions.resolve("7"));
        Files.createDirectory(versions.resolve("latest"));
        Files.createDirectory(versions.resolve("012"));
        assertThat(writer.write(repository, "tiny", TINY).ref().version()).isEqualTo(8);
        assertThat(writer.write(repository, "tiny", TINY).ref().version()).isEqualTo(9);
        assertThat(writer.write(repository, "other", TINY).ref().version()).isEqualTo(1);
    }

    @Test
    void givesEachOfManyWritersANumberOfItsOwn() throws Exception {
        int writers = 6;
        ExecutorService pool = Executors.newFixedThreadPool(writers);
        CyclicBarrier start = new CyclicBarrier(writers);
        Callable<Integer> write = () -> {
            start.await();
            return writer.write(repository, "tiny", TINY).ref().version();
        };
        List<Future<Integer>> versions = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            versions.add(pool.submit(write));
        }
        List<Integer> taken = new ArrayList<>();
        for (Future<Integer> version : versions) {
            taken.add(version.get());
        }
        pool.shutdown();
        assertThat(taken).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
        assertThat(manifests()).hasSize(writers);
    }

    @Test
    void writesTheManifestAfterEverythingElseWasTried() throws IOException {
        List<Long> manifestsAtOpen = new ArrayList<>();
        SessionFactory watching = model -> {
            manifestsAtOpen.add((long) manifests().size());
            return sessions.open(model);
        };
        new PackageWriter(watching, InstantSource.fixed(NOW), Progress.NONE).write(repository, "tiny", TINY);
        assertThat(manifestsAtOpen).containsExactly(0L, 0L);
        assertThat(manifests()).hasSize(1);
    }

    @Test
    void leavesNothingWhereTheSourceFails() throws IOException {
        ModelSource failing = source((directory, progress) -> {
            Files.writeString(directory.resolve("model.onnx"), "half");
            throw new IOException("no space left");
        });
        assertThatThrownBy(() -> writer.write(repository, "tiny", failing)).hasMessage("no space left");
        assertThat(repository.resolve("tiny")).isEmptyDirectory();
        assertThat(writer.write(repository, "tiny", TINY).ref().version()).isEqualTo(1);
    }

    @Test
    void leavesNothingWhereTheModelDoesNotRun() {
        ModelSource broken =
                source((directory, progress) -> Files.writeString(directory.resolve("model.onnx"), "no model"));
        assertThatThrownBy(() -> writer.write(repository, "tiny", broken)).hasMessageContaining("model.onnx");
        assertThat(repository.resolve("tiny")).isEmptyDirectory();
    }

    @Test
    void refusesNamesThatAreNoFolderNames() {
        for (String name : new String[] {"../tiny", "", ".", "a/b", "-x", "a b"}) {
            assertThatThrownBy(() -> writer.write(repository, name, TINY)).hasMessageContaining("name must be");
        }
        assertThat(repository).isEmptyDirectory();
    }

    private List<Path> manifests() {
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(file -> file.endsWith("manifest.json")).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private interface Writing {
        Object writeTo(Path directory, Progress progress) throws IOException;
    }

    private static ModelSource source(Writing writing) {
        return new ModelSource() {
            @Override
            public InputSpec input() {
                return TINY.input();
            }

            @Override
            public List<String> labels() {
                return TINY.labels();
            }

            @Override
            public Object writeTo(Path directory, Progress progress) throws IOException {
                return writing.writeTo(directory, progress);
            }
        };
    }
}
