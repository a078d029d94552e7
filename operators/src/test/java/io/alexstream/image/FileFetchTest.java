package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class FileFetchTest {

    @TempDir
    private Path folder;

    private Path root;
    private Fetching fetching;

    @BeforeEach
    void createRoot() throws IOException {
        root = Files.createDirectory(folder.resolve("images"));
        fetching = Fetching.allowing(root.toUri().toString());
    }

    @AfterEach
    void close() {
        fetching.close();
    }

    @Test
    void readsFilesUnderTheRoot() throws IOException {
        byte[] bytes = {1, 2, 3};
        Files.createDirectory(root.resolve("sub"));
        Path file = Files.write(root.resolve("sub/größe 1%#?.jpg"), bytes);

        assertThat(fetching.bytes(file.toUri().toString())).isEqualTo(bytes);
        assertThat(fetching.bytes("file:" + file.toUri().getRawPath())).isEqualTo(bytes);
    }

    @Test
    void readsFilesUnderARootGivenAsAPlainPath() throws IOException {
        Path file = Files.write(root.resolve("a.jpg"), new byte[5]);

        try (Fetching plain = Fetching.allowing(root.toString())) {
            assertThat(plain.bytes(file.toUri().toString())).hasSize(5);
        }
    }

    @Test
    void readsTheOneFileThatIsListed() throws IOException {
        Path listed = Files.write(root.resolve("a.jpg"), new byte[5]);
        Path other = Files.write(root.resolve("b.jpg"), new byte[5]);

        try (Fetching one = Fetching.allowing(listed.toUri().toString())) {
            assertThat(one.bytes(listed.toUri().toString())).hasSize(5);
            one.refused(other.toUri().toString(), DeadLetterReason.FORBIDDEN_URI);
        }
    }

    @Test
    void readsEmptyFilesAndRefusesThoseTooLarge() throws IOException {
        assertThat(fetching.bytes(write("empty", 0))).isEmpty();
        assertThat(fetching.bytes(write("largest", 10_000))).hasSize(10_000);
        fetching.refused(write("larger", 10_001), DeadLetterReason.IMAGE_TOO_LARGE);
    }

    @Test
    void failsOnAMissingFileUnderTheRoot() {
        assertThat(fetching.refused(uri("missing.jpg"), DeadLetterReason.FETCH_FAILED))
                .hasMessageContaining("no such file");
        fetching.refused(uri("missing/a.jpg"), DeadLetterReason.FETCH_FAILED);
    }

    @Test
    void failsOnAMissingRoot() {
        try (Fetching rootless = Fetching.allowing("/no/such/folder/")) {
            rootless.refused("file:///no/such/folder/a.jpg", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void forbidsFilesOutsideWhetherTheyExistOrNot() throws IOException {
        Path outside = Files.write(folder.resolve("secret"), new byte[5]);

        fetching.refused(outside.toUri().toString(), DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(outside.toUri() + "-not", DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(uri("../secret"), DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(uri("%2e%2e/secret"), DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(uri("..%2fsecret"), DeadLetterReason.FORBIDDEN_URI);
    }

    @Test
    void forbidsLinksOutOfTheRoot() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("images-evil"));
        Files.write(outside.resolve("secret"), new byte[5]);
        Files.createSymbolicLink(root.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(root.resolve("folder"), outside);
        Files.createSymbolicLink(root.resolve("link"), root.resolve("folder"));

        fetching.refused(uri("file"), DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(uri("folder/secret"), DeadLetterReason.FORBIDDEN_URI);
        fetching.refused(uri("link/secret"), DeadLetterReason.FORBIDDEN_URI);
    }

    @Test
    void followsLinksWithinTheRoots() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.write(other.resolve("a.jpg"), new byte[5]);
        Files.write(root.resolve("b.jpg"), new byte[6]);
        Files.createSymbolicLink(root.resolve("a"), other.resolve("a.jpg"));
        Files.createSymbolicLink(root.resolve("b"), root.resolve("b.jpg"));

        try (Fetching both = Fetching.allowing(root.toString(), other.toString())) {
            assertThat(both.bytes(uri("a"))).hasSize(5);
            assertThat(both.bytes(uri("b"))).hasSize(6);
        }
    }

    @Test
    void followsARootThatIsALinkItself() throws IOException {
        Files.write(root.resolve("a.jpg"), new byte[5]);
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);

        try (Fetching linked = Fetching.allowing(link.toString())) {
            assertThat(linked.bytes(link.resolve("a.jpg").toUri().toString())).hasSize(5);
            linked.refused(root.resolve("a.jpg").toUri().toString(), DeadLetterReason.FORBIDDEN_URI);
        }
    }

    @Test
    void failsOnLinksInALoop() throws IOException {
        Files.createSymbolicLink(root.resolve("a"), root.resolve("b"));
        Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));

        fetching.refused(uri("a"), DeadLetterReason.FETCH_FAILED);
    }

    @Test
    void failsOnFolders() throws IOException {
        Files.createDirectory(root.resolve("folder"));

        fetching.refused(uri("folder"), DeadLetterReason.FETCH_FAILED);
        fetching.refused(uri("folder/"), DeadLetterReason.FETCH_FAILED);
        fetching.refused(root.toUri().toString(), DeadLetterReason.FETCH_FAILED);
    }

    // In a thread of its own, since opening a pipe heeds no interruption.
    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void failsOnAPipeInsteadOfWaitingForIt() throws Exception {
        Path pipe = root.resolve("pipe");
        try {
            Assumptions.assumeTrue(
                    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "needs mkfifo");
        } catch (IOException e) {
            Assumptions.abort("needs mkfifo");
        }

        fetching.refused(uri("pipe"), DeadLetterReason.FETCH_FAILED);
    }

    @Test
    void failsOnADeviceInsteadOfReadingItForEver() {
        Assumptions.assumeTrue(Files.exists(Path.of("/dev/zero")), "needs /dev/zero");
        try (Fetching devices = Fetching.allowing("/dev/")) {
            devices.refused("file:///dev/zero", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void failsOnAFileThatHoldsMoreThanItsSize() {
        // Files under /proc are regular, have a size of zero, and content.
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/version")), "needs /proc");
        try (Fetching proc = Fetching.allowing("/proc/")) {
            assertThat(proc.refused("file:///proc/version", DeadLetterReason.FETCH_FAILED))
                    .hasMessageContaining("length");
        }
    }

    @Test
    void failsOnAFileThatMayNotBeRead() throws IOException {
        Path file = Files.write(root.resolve("a.jpg"), new byte[5]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        Assumptions.assumeFalse(Files.isReadable(file), "this user may read everything");

        assertThat(fetching.refused(uri("a.jpg"), DeadLetterReason.FETCH_FAILED))
                .hasMessageContaining("access is denied");
    }

    @Test
    void endsWithCancellationWhenItsThreadIsInterrupted() throws IOException {
        String uri = write("a.jpg", 5);
        Thread.currentThread().interrupt();

        Throwable thrown = catchThrowable(() -> fetching.fetcher.fetch(uri));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(thrown).isInstanceOf(CancellationException.class);
    }

    private String write(String name, int size) throws IOException {
        return Files.write(root.resolve(name), new byte[size]).toUri().toString();
    }

    private String uri(String rawName) {
        return root.toUri() + rawName;
    }
}
