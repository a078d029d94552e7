package io.alexstream.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on a disk that has room for so many bytes of it, whatever it said before. Confined to one thread. */
public final class FullDisk extends OutputStream {

    /** As Linux says it. */
    public static final String MESSAGE = "No space left on device";

    private final OutputStream file;
    private long room;

    public FullDisk(Path file, long room) throws IOException {
        this.file = Files.newOutputStream(file);
        this.room = room;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        file.write(bytes, offset, (int) Math.min(count, room));
        room -= count;
        if (room < 0) {
            throw new IOException(MESSAGE);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
