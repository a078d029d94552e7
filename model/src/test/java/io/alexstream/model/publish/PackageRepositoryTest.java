package io.alexstream.model.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.ModelRef;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.export.Progress;
import io.alexstream.model.testing.FakeObjectStore;
import io.alexstream.model.testing.SmallDisk;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishing into a folder, and into a store that has neither rename nor exclusive create. */
class PackageRepositoryTest {

    private static final PackageCheck CHECK = new PackageCheck(new OnnxSessionFactory(SessionOptions.cpu(1)));

    private enum Kind {
        FOLDER,
        STORE
    }

    @TempDir
    private Path directory;

    private final FakeObjectStore store = FakeObjectStore.of(UUID.randomUUID().toString());
    private WrittenPackage made;
    private CheckedPackage source;

    @BeforeEach
    void makeAPackage() throws IOException {
        made = PackageWriter.onCpu()
                .write(directory.resolve("made"), "tiny", FreshModel.tiny(List.of("ant", "bee", "cat"), 1));
        source = CHECK.check(made.ref().uri(), Files.createDirectory(directory.resolve("checked")), Progress.NONE);
    }

    private String uri(Kind kind) {
        return kind == Kind.FOLDER
                ? PackageLocation.uri(directory.resolve("repository").toString())
                : store.getUri() + "/models";
    }

    private ModelRef publish(Kind kind) throws IOException {
        return PackageRepository.at(uri(kind)).claim("tiny", 1).fill(source, Progress.NONE);
    }

    private ModelPackage fetch(ModelRef ref) throws IOException {
        return new ModelRepository().fetch(ref.uri(), ref.sha256(), Files.createTempDirectory(directory, "fetched"));
    }

    @ParameterizedTest
    @EnumSource
    void keepsTheVersionThatIsFreeAndTheHighest(Kind kind) throws IOException {
        ModelRef ref = publish(kind);

        assertThat(ref)
                .isEqualTo(new ModelRef(
                        "tiny", 1, uri(kind) + "/tiny/1", made.ref().sha256()));
        assertThat(fetch(ref).manifest()).isEqualTo(made.manifest());
        assertThat(PackageRepository.at(uri(kind)).claim("tiny", 7).version()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void givesTheNextNumberWhereItsOwnIsTaken(Kind kind) throws IOException {
        PackageRepository.at(uri(kind)).claim("tiny", 4).fill(source, Progress.NONE);

        ModelRef ref = publish(kind);

        assertThat(ref.version()).isEqualTo(5);
        assertThat(ref.sha256()).isNotEqualTo(made.ref().sha256());
        ModelPackage read = fetch(ref);
        assertThat(read.manifest().version()).isEqualTo(5);
        assertThat(read.manifest().golden()).isEqualTo(made.manifest().golden());
        assertThat(read.manifest().training()).isEqualTo(made.manifest().training());
        assertThat(PackageRepository.at(uri(kind)).versions("tiny")).containsExactly(4, 5);
    }

    @ParameterizedTest
    @EnumSource
    void keepsFieldsOfTheManifestThatItDoesNotKnow(Kind kind) throws IOException {
        Path manifest = made.directory().resolve("manifest.json");
        Files.writeString(manifest, Files.readString(manifest).replaceFirst("\\{", "{\"licence\":\"CC0\","));
        source = CHECK.check(made.ref().uri(), Files.createDirectory(directory.resolve("again")), Progress.NONE);
        publish(kind);

        ModelRef second = publish(kind);

        String json = kind == Kind.FOLDER
                ? Files.readString(directory.resolve("repository/tiny/2/manifest.json"))
                : new String(store.bytes("/models/tiny/2/manifest.json"), StandardCharsets.UTF_8);
        assertThat(json).contains("CC0");
        assertThat(fetch(second).ref().version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void givesEachOfManyPublishersANumberOfItsOwn(Kind kind) throws Exception {
        int publishers = 6;
        CyclicBarrier start = new CyclicBarrier(publishers);
        List<ModelRef> refs = inParallel(publishers, () -> {
            start.await(40, TimeUnit.SECONDS);
            return publish(kind);
        });

        assertThat(refs).extracting(ModelRef::version).doesNotHaveDuplicates();
        assertThat(PackageRepository.at(uri(kind)).versions("tiny"))
                .containsExactlyInAnyOrderElementsOf(
                        refs.stream().map(ModelRef::version).toList());
        for (ModelRef ref : refs) {
            assertThat(fetch(ref).manifest().version()).isEqualTo(ref.version());
        }
        assertThat(store.keys()).noneMatch(key -> key.contains(ObjectStoreProtocol.CLAIM));
    }

    @Test
    void nobodyKeepsANumberThatTwoClaimedAtOnce() throws Exception {
        // Both find the number free, both write, both look, and only then the first of them gives up.
        CyclicBarrier sideBySide = new CyclicBarrier(2);
        Consumer<String> together = key -> {
            if (key.contains("/1/" + ObjectStoreProtocol.CLAIM)) {
                await(sideBySide);
            }
        };
        store.onCreate(together);
        store.onWrite(together);
        store.onDelete(together);
        AtomicInteger pauses = new AtomicInteger();
        List<Integer> versions = inParallel(2, () -> {
            // The pauses differ as chance makes them differ: the second waits until the first has its number.
            ObjectStoreProtocol protocol = new ObjectStoreProtocol(store, () -> {
                if (pauses.incrementAndGet() == 2) {
                    awaitKey("/2/" + ObjectStoreProtocol.CLAIM);
                }
            });
            return new PackageRepository(store, uri(Kind.STORE), protocol)
                    .claim("tiny", 1)
                    .version();
        });

        assertThat(versions).containsExactlyInAnyOrder(2, 3);
        assertThat(store.keys())
                .noneMatch(key -> key.startsWith("/models/tiny/1/"))
                .hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void neverGivesTheNumberOfAPublisherThatDiedAgain(Kind kind) throws IOException {
        if (kind == Kind.FOLDER) {
            Path half = Files.createDirectories(directory.resolve("repository/tiny/3"));
            Files.writeString(half.resolve("weights.bin"), "half");
        } else {
            store.put("/models/tiny/3/CLAIM-of-a-dead-one", new byte[0]);
        }
        PackageRepository repository = PackageRepository.at(uri(kind));

        assertThat(repository.versions("tiny")).isEmpty();
        assertThat(publish(kind).version()).isEqualTo(4);
        assertThat(repository.claim("tiny", 3).version()).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void refusesANumberAfterWhichThereIsNoNext(Kind kind) throws IOException {
        PackageRepository repository = PackageRepository.at(uri(kind));
        assertThatThrownBy(() -> repository.claim("tiny", Integer.MAX_VALUE))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("wants 2147483647")
                .hasMessageContaining("up to 999999999");
        repository.claim("tiny", 999_999_999);
        assertThatThrownBy(() -> repository.claim("tiny", 1)).hasMessageContaining("the highest there is 999999999");
    }

    @ParameterizedTest
    @EnumSource
    void leavesNothingOfACopyThatFailed(Kind kind) throws IOException {
        Files.delete(directory.resolve("checked/weights.bin"));

        assertThatThrownBy(() -> publish(kind)).isInstanceOf(IOException.class).hasMessageContaining("weights.bin");

        assertThat(directory.resolve("repository/tiny/1")).doesNotExist();
        assertThat(store.keys()).isEmpty();
        assertThat(PackageRepository.at(uri(kind)).versions("tiny")).isEmpty();
    }

    @Test
    void leavesNothingOnADiskThatTheCopyHasFilled() throws IOException {
        String folder = uri(Kind.FOLDER);
        long size = source.manifest().files().get("weights.bin").size();
        PackageRepository full = new PackageRepository(new SmallDisk(size), folder, new LocalProtocol());

        assertThatThrownBy(() -> full.claim("tiny", 1).fill(source, Progress.NONE))
                .isInstanceOf(CopyFailedException.class)
                .hasMessageContaining(folder + "/tiny/1")
                .hasMessageContaining(SmallDisk.MESSAGE);

        assertThat(directory.resolve("repository/tiny")).isEmptyDirectory();
        assertThat(publish(Kind.FOLDER).version())
                .as("the number was given back")
                .isEqualTo(1);
    }

    @Test
    void leavesNothingOfAManifestThatCannotBePutInPlace() throws IOException {
        Path manifest = Files.createDirectories(directory.resolve("there/manifest.json/already"))
                .getParent();

        assertThatThrownBy(() -> PackageFiles.commit(manifest, new byte[10])).isInstanceOf(IOException.class);

        assertThat(directory.resolve("there"))
                .isDirectoryContaining(manifest::equals)
                .isDirectoryNotContaining(left -> !left.equals(manifest));
    }

    @Test
    void commitsWithTheManifest() throws IOException {
        List<String> written = new ArrayList<>();
        store.onWrite(written::add);

        publish(Kind.STORE);

        assertThat(written.get(0)).contains(ObjectStoreProtocol.CLAIM);
        assertThat(written).endsWith("/models/tiny/1/manifest.json").hasSize(5);
    }

    @Test
    void keepsAPackageWholeWhoseClaimCannotBeRemoved() throws IOException {
        store.onDelete(key -> {
            if (key.contains(ObjectStoreProtocol.CLAIM)) {
                throw new java.io.UncheckedIOException(new IOException("this role may not delete"));
            }
        });

        publish(Kind.STORE);

        assertThat(store.keys())
                .contains("/models/tiny/1/manifest.json", "/models/tiny/1/model.onnx", "/models/tiny/1/weights.bin");
        assertThat(PackageRepository.at(uri(Kind.STORE)).versions("tiny")).containsExactly(1);
    }

    @Test
    void knowsAPackageThatLiesInTheRepository() throws IOException {
        Path repository = directory.resolve("made");
        PackageRepository there = PackageRepository.at(PackageLocation.uri(repository.toString()));
        String plain = PackageLocation.uri(made.directory().toString());
        assertThat(there.holds(new ModelRef("tiny", 1, plain, "x"))).isTrue();
        Path link = Files.createSymbolicLink(directory.resolve("link"), repository);
        assertThat(there.holds(new ModelRef("tiny", 1, "file://" + link + "/tiny/1", "x")))
                .isTrue();
        assertThat(there.holds(new ModelRef("tiny", 1, "file://" + directory + "/elsewhere/tiny/1", "x")))
                .isFalse();
        assertThat(there.holds(new ModelRef("tiny", 1, "s3://models/tiny/1", "x")))
                .isFalse();
    }

    @Test
    void saysWhichFileSystemIsMissing() {
        assertThatThrownBy(() -> PackageRepository.at("s3://models"))
                .isInstanceOf(PublishException.class)
                .hasMessageContaining("s3://models")
                .hasMessageContaining("flink-s3-fs-hadoop");
    }

    private static <T> List<T> inParallel(int count, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                futures.add(pool.submit(work));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(40, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the other publisher did not come", e);
        }
    }

    private void awaitKey(String part) {
        long start = System.nanoTime();
        while (store.keys().stream().noneMatch(key -> key.contains(part))) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(40)) {
                throw new UncheckedIOException(new IOException("nobody wrote " + part));
            }
            Thread.onSpinWait();
        }
    }
}
