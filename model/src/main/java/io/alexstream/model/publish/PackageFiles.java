package io.alexstream.model.publish;

import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checksums and durability of a package's files. */
final class PackageFiles {

    /** Bytes hashed at a time. */
    private static final int CHUNK = 1 << 20;

    private PackageFiles() {}

    /** Checksum and size of every file in the directory; each is on the disk when this returns. */
    static Map<String, ModelManifest.FileEntry> seal(Path directory, Progress progress) throws IOException {
        List<Path> files;
        try (Stream<Path> entries = Files.list(directory)) {
            files = entries.sorted().toList();
        }
        Map<String, ModelManifest.FileEntry> sealed = new TreeMap<>();
        for (Path file : files) {
            sealed.put(file.getFileName().toString(), seal(file));
            progress.report("computing checksums", sealed.size(), files.size());
        }
        return sealed;
    }

    private static ModelManifest.FileEntry seal(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
            while (channel.read(chunk) >= 0) {
                digest.update(chunk.flip());
                chunk.clear();
            }
            channel.force(true);
            return new ModelManifest.FileEntry(HexFormat.of().formatHex(digest.digest()), channel.size());
        }
    }

    /** Puts a file in place whole or not at all: written aside, forced to the disk, then moved; a failure leaves nothing. */
    static void commit(Path file, byte[] content) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            write(aside, content);
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
        forceDirectory(file.toAbsolutePath().getParent());
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    /** The names in a directory are durable only once the directory itself is; not every file system can be asked. */
    private static void forceDirectory(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no directories; there the move itself is as durable as it gets.
        }
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(sha256().digest(content));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
