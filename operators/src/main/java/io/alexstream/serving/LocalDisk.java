package io.alexstream.serving;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where packages are fetched to. Safe for concurrent use: it has no state. */
interface LocalDisk {

    /** This machine's. */
    LocalDisk OWN = new LocalDisk() {
        @Override
        public long usableSpace(Path directory) throws IOException {
            return Files.getFileStore(directory).getUsableSpace();
        }

        @Override
        public OutputStream create(Path file) throws IOException {
            return Files.newOutputStream(file);
        }
    };

    /** Bytes that may still be written there, as far as the system knows: quotas and other writers may leave less. */
    long usableSpace(Path directory) throws IOException;

    /** A new file; the caller closes it. */
    OutputStream create(Path file) throws IOException;
}
