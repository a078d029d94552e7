package io.alexstream.model.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A store as S3 is one: objects by key, there as soon as their stream is closed and seen by all at once; no folders, no rename,
 * and an overwrite that nothing prevents. One instance a bucket. Safe for concurrent use.
 */
public final class FakeObjectStore extends FileSystem {

    public static final String SCHEME = "fake";

    private static final Map<String, FakeObjectStore> BUCKETS = new ConcurrentHashMap<>();

    private final URI uri;
    private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private volatile Consumer<String> beforeWrite = key -> {};
    private volatile Consumer<String> afterWrite = key -> {};
    private volatile Consumer<String> beforeDelete = key -> {};

    private FakeObjectStore(String bucket) {
        uri = URI.create(SCHEME + "://" + bucket);
    }

    public static FakeObjectStore of(String bucket) {
        return BUCKETS.computeIfAbsent(bucket, FakeObjectStore::new);
    }

    /** Called on the writer's thread with each key that is to be written. */
    public void onCreate(Consumer<String> beforeEachWrite) {
        beforeWrite = beforeEachWrite;
    }

    /** Called on the writer's thread with each new key, before the writer goes on. */
    public void onWrite(Consumer<String> afterEachWrite) {
        afterWrite = afterEachWrite;
    }

    /** Called on the deleter's thread with each key that is to go. */
    public void onDelete(Consumer<String> beforeEachDelete) {
        beforeDelete = beforeEachDelete;
    }

    public List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    public byte[] bytes(String key) {
        return objects.get(key).clone();
    }

    /** What a publisher that was killed leaves behind. */
    public void put(String key, byte[] content) {
        objects.put(key, content);
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        if (mode == WriteMode.NO_OVERWRITE && objects.containsKey(key(path))) {
            throw new IOException(path + " exists"); // looked at beforehand; it can still come about
        }
        beforeWrite.accept(key(path));
        return new ObjectOutput(key(path));
    }

    @Override
    public FSDataInputStream open(Path path) throws IOException {
        byte[] content = objects.get(key(path));
        if (content == null) {
            throw new FileNotFoundException("no object " + path);
        }
        return new ObjectInput(content);
    }

    @Override
    public FSDataInputStream open(Path path, int bufferSize) throws IOException {
        return open(path);
    }

    @Override
    public FileStatus[] listStatus(Path path) throws IOException {
        String prefix = key(path) + "/";
        TreeSet<String> names = new TreeSet<>();
        for (String key : objects.tailMap(prefix).keySet()) {
            if (key.startsWith(prefix)) {
                names.add(key.substring(prefix.length()).split("/", 2)[0]);
            }
        }
        if (names.isEmpty()) {
            throw new FileNotFoundException("nothing under " + path);
        }
        return names.stream().map(name -> status(new Path(path, name))).toArray(FileStatus[]::new);
    }

    @Override
    public FileStatus getFileStatus(Path path) throws IOException {
        if (!objects.containsKey(key(path))) {
            listStatus(path);
        }
        return status(path);
    }

    private FileStatus status(Path path) {
        return new ObjectStatus(path, objects.get(key(path)));
    }

    @Override
    public boolean delete(Path path, boolean recursive) {
        if (recursive) {
            throw new UnsupportedOperationException("would take others' objects with it");
        }
        beforeDelete.accept(key(path));
        return objects.remove(key(path)) != null;
    }

    @Override
    public boolean mkdirs(Path path) {
        return true;
    }

    @Override
    public boolean rename(Path from, Path to) {
        throw new UnsupportedOperationException("a store has no rename");
    }

    @Override
    public boolean isDistributedFS() {
        return true;
    }

    @Override
    public URI getUri() {
        return uri;
    }

    @Override
    public Path getWorkingDirectory() {
        return new Path(uri);
    }

    @Override
    public Path getHomeDirectory() {
        return new Path(uri);
    }

    @Override
    public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length) {
        return new BlockLocation[0];
    }

    private static String key(Path path) {
        return path.getPath();
    }

    private final class ObjectOutput extends FSDataOutputStream {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final String key;
        private boolean closed;

        ObjectOutput(String key) {
            this.key = key;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes.write(b, offset, length);
        }

        @Override
        public long getPos() {
            return bytes.size();
        }

        @Override
        public void flush() {}

        @Override
        public void sync() {
            throw new UnsupportedOperationException("a store has no sync");
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                objects.put(key, bytes.toByteArray());
                afterWrite.accept(key);
            }
        }
    }

    private static final class ObjectInput extends FSDataInputStream {

        private final byte[] content;
        private ByteArrayInputStream in;

        ObjectInput(byte[] content) {
            this.content = content;
            in = new ByteArrayInputStream(content);
        }

        @Override
        public void seek(long position) {
            in = new ByteArrayInputStream(Arrays.copyOfRange(content, Math.toIntExact(position), content.length));
        }

        @Override
        public long getPos() {
            return content.length - in.available();
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] b, int offset, int length) {
            return in.read(b, offset, length);
        }
    }

    private record ObjectStatus(Path path, byte @Nullable [] content) implements FileStatus {

        @Override
        public long getLen() {
            return content == null ? 0 : content.length;
        }

        @Override
        public boolean isDir() {
            return content == null;
        }

        @Override
        public Path getPath() {
            return path;
        }

        @Override
        public long getBlockSize() {
            return getLen();
        }

        @Override
        public short getReplication() {
            return 1;
        }

        @Override
        public long getModificationTime() {
            return 0;
        }

        @Override
        public long getAccessTime() {
            return 0;
        }
    }
}
