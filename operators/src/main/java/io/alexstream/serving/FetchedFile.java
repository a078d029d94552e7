package io.alexstream.serving;

import io.alexstream.contract.ModelManifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * One file of a package on its way to the local disk: bounded by the size that the manifest tells, held against its checksum,
 * and with the two sides told apart, since a full disk is no fault of the package and may have room again. Confined to the
 * load's thread.
 *
 * @param uri of the package
 * @param name of the file in it
 * @param expected what the manifest says of it
 * @param directory where it goes
 */
record FetchedFile(String uri, String name, ModelManifest.FileEntry expected, Path directory, LocalDisk disk) {

    private static final int COPY_BUFFER_BYTES = 256 << 10;

    /**
     * Copies the file; the caller closes {@code in}, and removes the directory after a failure.
     *
     * @throws IOException where it cannot be read
     * @throws ModelLoadException where it cannot be written, or is not what the manifest says
     * @throws Abandonment.AbandonedException where the load is for nobody
     */
    void copy(InputStream in, Abandonment abandonment) throws IOException {
        MessageDigest digest = ModelRepository.sha256();
        long copied = 0;
        try (Output out = new Output()) {
            byte[] buffer = new byte[COPY_BUFFER_BYTES];
            for (int n = in.read(buffer); n > 0 && copied <= expected.size(); n = in.read(buffer)) {
                abandonment.check();
                digest.update(buffer, 0, n);
                out.write(buffer, n);
                copied += n;
            }
        }
        requireExpected(copied, HexFormat.of().formatHex(digest.digest()));
    }

    /** The copy, with failures of its own kind. */
    private final class Output implements AutoCloseable {

        private final OutputStream out;

        Output() {
            try {
                out = disk.create(directory.resolve(name));
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        void write(byte[] buffer, int count) {
            try {
                out.write(buffer, 0, count);
            } catch (IOException e) {
                throw notWritten(e);
            }
        }

        /** Some file systems say only now that there was no room. */
        @Override
        public void close() {
            try {
                out.close();
            } catch (IOException e) {
                throw notWritten(e);
            }
        }
    }

    private ModelLoadException notWritten(IOException e) {
        return ModelLoadException.passing(
                "model package " + uri + ": " + name + " cannot be written to " + directory + ": "
                        + ModelRepository.reason(e) + "; " + ModelRepository.MORE_ROOM,
                e);
    }

    private void requireExpected(long copied, String sha256) {
        if (copied != expected.size()) {
            throw ModelLoadException.permanent(
                    "model package " + uri + ": " + name + " has "
                            + (copied > expected.size() ? "more than " + expected.size() : copied)
                            + " bytes, the manifest says " + expected.size() + "; make or copy the package again",
                    null);
        }
        if (!sha256.equals(expected.sha256())) {
            throw ModelLoadException.permanent(
                    "model package " + uri + ": " + name + " has sha-256 " + sha256 + ", the manifest says "
                            + expected.sha256() + "; make or copy the package again",
                    null);
        }
    }
}
