package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.local.LocalDataInputStream;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.plugin.PluginManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of the scheme {@code store:} that is a local one behind Flink's interface. */
@Timeout(30)
class FlinkFileSystemFetchTest {

    private static final AtomicInteger OPEN_STREAMS = new AtomicInteger();

    @TempDir
    private Path folder;

    @BeforeAll
    static void registerStore() {
        FileSystem.initialize(new Configuration(), new StorePlugin());
    }

    @AfterAll
    static void forgetStore() {
        FileSystem.initialize(new Configuration(), null);
    }

    @AfterEach
    void everyStreamIsClosed() {
        assertThat(OPEN_STREAMS).hasValue(0);
    }

    @Test
    void readsFiles() throws IOException {
        write("a 1.jpg", 10_000);
        write("empty", 0);

        try (Fetching fetching = Fetching.allowing(root())) {
            assertThat(fetching.bytes(root() + "a%201.jpg")).hasSize(10_000);
            assertThat(fetching.bytes(root() + "empty")).isEmpty();
        }
    }

    @Test
    void refusesFilesTooLargeBeforeTheyAreOpened() throws IOException {
        write("unreadable", 10_001);

        try (Fetching fetching = Fetching.allowing(root())) {
            fetching.refused(root() + "unreadable", DeadLetterReason.IMAGE_TOO_LARGE);
        }
    }

    @Test
    void failsOnWhatCannotBeRead() throws IOException {
        write("unreadable", 5);
        write("broken", 5);
        write("faulty", 5);
        write("longer", 5);
        write("shorter", 5);
        Files.createDirectory(folder.resolve("folder"));

        try (Fetching fetching = Fetching.allowing(root())) {
            for (String name : List.of("missing", "unreadable", "broken", "faulty", "longer", "shorter", "folder")) {
                fetching.refused(root() + name, DeadLetterReason.FETCH_FAILED);
            }
        }
    }

    @Test
    void stopsATrickleAtTheDeadline() throws IOException {
        write("trickle", 10_000);

        try (Fetching fetching = Fetching.with(Fetching.limits(Duration.ofMillis(100), 0), root())) {
            fetching.refused(root() + "trickle", DeadLetterReason.FETCH_TIMEOUT);
        }
    }

    @Test
    void namesTheSchemeThatHasNoPlugin() {
        try (Fetching fetching = Fetching.allowing("nosuch://bucket/")) {
            assertThat(fetching.refused("nosuch://bucket/a.jpg", DeadLetterReason.FETCH_FAILED))
                    .hasMessageContaining("no file system for nosuch:")
                    .hasMessageContaining("plugin");
        }
    }

    private String root() {
        return "store://bucket" + folder + "/";
    }

    private void write(String name, int size) throws IOException {
        Files.write(folder.resolve(name), new byte[size]);
    }

    private static final class StorePlugin implements PluginManager, FileSystemFactory {
        @Override
        public <P> Iterator<P> load(Class<P> service) {
            return List.of(service.cast(this)).iterator();
        }

        @Override
        public String getScheme() {
            return "store";
        }

        @Override
        public FileSystem create(URI uri) {
            return new Store();
        }
    }

    private static final class Store extends LocalFileSystem {
        @Override
        public FSDataInputStream open(org.apache.flink.core.fs.Path path) throws IOException {
            if (path.getName().equals("unreadable")) {
                throw new IOException("may not be opened");
            }
            return new StoreStream(path);
        }
    }

    /** Does what the file's name says. */
    private static final class StoreStream extends LocalDataInputStream {
        private final String name;
        private int count;

        StoreStream(org.apache.flink.core.fs.Path path) throws IOException {
            super(new java.io.File(path.getPath()));
            this.name = path.getName();
            OPEN_STREAMS.incrementAndGet();
        }

        @Override
        public int read() {
            return name.equals("longer") ? 0 : -1;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            return switch (name) {
                case "broken" -> throw new IOException("connection\nreset");
                case "faulty" -> throw new IllegalArgumentException("unchecked");
                case "shorter" -> count++ == 0 ? super.read(into, from, 2) : -1;
                case "trickle" -> 0;
                default -> super.read(into, from, length);
            };
        }

        @Override
        public void close() throws IOException {
            OPEN_STREAMS.decrementAndGet();
            super.close();
        }
    }
}
