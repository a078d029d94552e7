package io.alexstream.serving;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches packages through Flink's file systems (file, s3, hdfs …) to the local disk and verifies every byte of them. The one
 * class of this package that knows Flink. Safe for concurrent use: it has no state.
 */
public final class ModelRepository {

    /** A manifest of 20,000 long labels has about 2 MB; beyond this it is something else. */
    private static final int MAX_MANIFEST_BYTES = 16 << 20;

    /** What to do where the disk has too little room; commands fetch to the temporary folder. */
    static final String MORE_ROOM =
            "make room there, or choose another folder (model.cache-dir of a job, -Djava.io.tmpdir of a command)";

    private final LocalDisk disk;

    /** Fetches to this machine's disk. */
    public ModelRepository() {
        this(LocalDisk.OWN);
    }

    ModelRepository(LocalDisk disk) {
        this.disk = disk;
    }

    /**
     * Copies a package into {@code directory} and verifies it.
     *
     * @param uri the package's folder; a plain path will do
     * @param sha256 what the manifest's checksum must be, or null to take it as it is
     * @param directory an empty folder, where the files go; the caller removes it, also after a failure
     * @throws ModelLoadException where it is missing, unreadable, damaged, or no package
     */
    public ModelPackage fetch(String uri, @Nullable String sha256, Path directory) {
        return fetch(uri, sha256, directory, new Abandonment());
    }

    /** As {@link #fetch(String, String, Path)}, with an early end where nobody waits any more. */
    ModelPackage fetch(String uri, @Nullable String sha256, Path directory, Abandonment abandonment) {
        try {
            org.apache.flink.core.fs.Path root = new org.apache.flink.core.fs.Path(uri);
            FileSystem files = root.getFileSystem();
            byte[] bytes = readManifest(uri, files, root);
            String actual = HexFormat.of().formatHex(sha256().digest(bytes));
            if (sha256 != null && !sha256.equals(actual)) {
                throw ModelLoadException.permanent(
                        "model package " + uri + ": manifest.json has sha-256 " + actual + ", expected " + sha256
                                + "; publish it again",
                        null);
            }
            ModelManifest manifest = parse(uri, bytes);
            requireSpace(uri, manifest, directory);
            for (Map.Entry<String, ModelManifest.FileEntry> entry :
                    manifest.files().entrySet()) {
                FetchedFile file = new FetchedFile(uri, entry.getKey(), entry.getValue(), directory, disk);
                try (InputStream in = files.open(new org.apache.flink.core.fs.Path(root, entry.getKey()))) {
                    file.copy(in, abandonment);
                }
            }
            ModelRef ref = new ModelRef(manifest.name(), manifest.version(), uri, actual);
            return new ModelPackage(ref, manifest, directory);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw unreadable(uri, e);
        }
    }

    /** The checksum and the content of a package's manifest, its other files unread; for commands that only ask what it is. */
    public ModelRef identify(String uri) {
        try {
            org.apache.flink.core.fs.Path root = new org.apache.flink.core.fs.Path(uri);
            byte[] bytes = readManifest(uri, root.getFileSystem(), root);
            ModelManifest manifest = parse(uri, bytes);
            return new ModelRef(
                    manifest.name(), manifest.version(), uri, HexFormat.of().formatHex(sha256().digest(bytes)));
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(uri, e);
        }
    }

    private static ModelLoadException unreadable(String uri, Exception e) {
        String message = "model package " + uri + " cannot be read: " + reason(e);
        boolean permanent = e instanceof FileNotFoundException
                || e instanceof FileSystemException
                || e instanceof UnsupportedFileSystemSchemeException
                || e instanceof IllegalArgumentException;
        return permanent
                ? ModelLoadException.permanent(message, e)
                : ModelLoadException.passing(
                        message + "; check that every TaskManager can reach it and has the file system's plugin", e);
    }

    private static byte[] readManifest(String uri, FileSystem files, org.apache.flink.core.fs.Path root)
            throws IOException {
        org.apache.flink.core.fs.Path path = new org.apache.flink.core.fs.Path(root, ModelManifest.FILE_NAME);
        try (InputStream in = files.open(path)) {
            byte[] bytes = in.readNBytes(MAX_MANIFEST_BYTES + 1);
            if (bytes.length > MAX_MANIFEST_BYTES) {
                throw ModelLoadException.permanent(
                        "model package " + uri + ": manifest.json is not a manifest: it is larger than "
                                + MAX_MANIFEST_BYTES + " bytes",
                        null);
            }
            return bytes;
        } catch (FileNotFoundException e) {
            // With the reason: a file that this user may not read is said to be missing too.
            throw new FileNotFoundException(
                    "there is no manifest.json (" + reason(e) + "); it must be the URI of a folder"
                            + " that 'model init' or 'model import' wrote (<name>/<version>), readable to this process");
        }
    }

    private static ModelManifest parse(String uri, byte[] bytes) {
        try {
            return Json.fromBytes(bytes, ModelManifest.class);
        } catch (IOException e) {
            throw ModelLoadException.permanent(
                    "model package " + uri + ": manifest.json is not a manifest: " + reason(e), e);
        }
    }

    private void requireSpace(String uri, ModelManifest manifest, Path directory) throws IOException {
        BigInteger needed = manifest.files().values().stream()
                .map(file -> BigInteger.valueOf(file.size()))
                .reduce(BigInteger.ZERO, BigInteger::add);
        long usable = disk.usableSpace(directory);
        if (needed.compareTo(BigInteger.valueOf(usable)) > 0) {
            throw ModelLoadException.passing(
                    "model package " + uri + " needs " + needed + " bytes of disk, " + directory + " has " + usable
                            + "; " + MORE_ROOM,
                    null);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static String reason(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }
}
