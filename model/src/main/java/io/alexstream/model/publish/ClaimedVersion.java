package io.alexstream.model.publish;

import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.model.export.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** A number in a repository that belongs to one publisher, and becomes a package once. Confined to one thread. */
public final class ClaimedVersion {

    /** Large enough that a store's round trips do not count, small enough for a bar that moves. */
    private static final int COPY_BUFFER_BYTES = 1 << 20;

    /** What disks and networks are measured in, and what fits a line. */
    private static final long MB = 1_000_000;

    private final FileSystem files;
    private final RepositoryProtocol protocol;
    private final String uri;
    private final int version;
    private final List<Path> written = new ArrayList<>();

    ClaimedVersion(FileSystem files, RepositoryProtocol protocol, String uri, int version) {
        this.files = files;
        this.protocol = protocol;
        this.uri = uri;
        this.version = version;
    }

    public int version() {
        return version;
    }

    /**
     * Copies the package here, its files straight to their place and its manifest, with this number, last.
     *
     * @throws CopyFailedException where a file cannot be written; what was written is removed and the number given back
     */
    public ModelRef fill(CheckedPackage source, Progress progress) throws IOException {
        try {
            copyFiles(source, progress);
            byte[] manifest = source.manifestBytes(version);
            protocol.commit(new Path(uri), manifest);
            return new ModelRef(source.manifest().name(), version, uri, PackageFiles.sha256(manifest));
        } catch (IOException e) {
            releaseAfter(e);
            throw new CopyFailedException(uri, e);
        } catch (RuntimeException | Error e) {
            releaseAfter(e);
            throw e;
        }
    }

    private void copyFiles(CheckedPackage source, Progress progress) throws IOException {
        Map<String, ModelManifest.FileEntry> entries = source.manifest().files();
        long total = entries.values().stream()
                .mapToLong(ModelManifest.FileEntry::size)
                .sum();
        long copied = 0;
        for (Map.Entry<String, ModelManifest.FileEntry> entry : entries.entrySet()) {
            Path target = new Path(uri + "/" + entry.getKey());
            copied = copy(source.directory().resolve(entry.getKey()), target, progress, copied, total);
            long size = files.getFileStatus(target).getLen();
            if (size != entry.getValue().size()) {
                throw new IOException(target + " has " + size + " bytes after it was written, expected "
                        + entry.getValue().size());
            }
        }
    }

    private long copy(java.nio.file.Path file, Path target, Progress progress, long before, long total)
            throws IOException {
        long copied = before;
        written.add(target);
        try (InputStream in = Files.newInputStream(file);
                FSDataOutputStream out = files.create(target, FileSystem.WriteMode.NO_OVERWRITE)) {
            byte[] buffer = new byte[COPY_BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
                copied += n;
                progress.report("copying MB into the repository", copied / MB, Math.max(1, total / MB));
            }
            if (!files.isDistributedFS()) {
                // A manifest that survives a power cut must not name files that do not; stores do so by themselves.
                out.sync();
            }
        }
        return copied;
    }

    /** Removes what was written here and gives the number back; for a package that is not to come. */
    public void release() throws IOException {
        // First, and if it cannot be removed nothing is: a manifest must not be left without its files.
        files.delete(new Path(uri + "/" + PackageRepository.MANIFEST), false);
        for (Path file : written) {
            files.delete(file, false);
        }
        protocol.release(new Path(uri));
    }

    private void releaseAfter(Throwable failure) {
        try {
            release();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
