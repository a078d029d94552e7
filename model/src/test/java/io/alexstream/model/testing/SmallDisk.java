package io.alexstream.model.testing;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** The local file system on a disk that has room for so many bytes. Safe for concurrent use. */
public final class SmallDisk extends LocalFileSystem {

    /** As Linux says it. */
    public static final String MESSAGE = "No space left on device";

    private final AtomicLong room;

    public SmallDisk(long room) {
        this.room = new AtomicLong(room);
    }

    @Override
    public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
        FSDataOutputStream file = super.create(path, mode);
        return new FSDataOutputStream() {
            @Override
            public long getPos() throws IOException {
                return file.getPos();
            }

            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                long left = room.addAndGet(-count);
                file.write(bytes, offset, (int) Math.max(0, Math.min(count, count + left)));
                if (left < 0) {
                    throw new IOException(MESSAGE);
                }
            }

            @Override
            public void flush() throws IOException {
                file.flush();
            }

            @Override
            public void sync() throws IOException {
                file.sync();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
