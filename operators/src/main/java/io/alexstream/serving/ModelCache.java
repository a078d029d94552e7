package io.alexstream.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local folders of fetched packages: one folder a runtime, locked while it lives, so that the next one can tell the
 * folders of dead processes and remove them. Safe for concurrent use: the file system decides names and locks.
 */
final class ModelCache implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);
    private static final String PREFIX = "alexstream-models-";

    /** Tells this process's folders from others': a process number alone comes again, in containers at every start. */
    private static final String PROCESS = PREFIX
            + ProcessHandle.current().pid() + "-"
            + ProcessHandle.current()
                    .info()
                    .startInstant()
                    .map(Instant::toEpochMilli)
                    .orElse(0L) + "-";

    private static final String LOCK = ".lock";

    private final Path directory;
    private final FileChannel lockFile;

    private ModelCache(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /** Makes a folder of its own under {@code parent}, after removing those that dead processes left there. */
    static ModelCache open(Path parent) {
        try {
            Files.createDirectories(parent);
            removeOrphans(parent);
            while (true) {
                Path directory = Files.createTempDirectory(parent, PROCESS);
                FileChannel lockFile =
                        FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                lockFile.lock();
                if (Files.exists(directory.resolve(LOCK))) {
                    return new ModelCache(directory, lockFile);
                }
                // Another process that started this moment took it for an orphan before it was locked.
                lockFile.close();
            }
        } catch (IOException e) {
            throw ModelLoadException.permanent(
                    "cannot make a folder for models in " + parent + " (" + e
                            + "); set model.cache-dir to a writable one",
                    e);
        }
    }

    /** A new empty folder for one package. */
    Path newDirectory() {
        try {
            return Files.createTempDirectory(directory, "package-");
        } catch (IOException e) {
            // A disk that is full now: no reason to take a package for gone.
            throw ModelLoadException.passing(
                    "cannot make a folder in " + directory + " (" + e + "); " + ModelRepository.MORE_ROOM, e);
        }
    }

    /** Removes a folder and what is in it; what cannot be removed is logged and left. */
    static void remove(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = new ArrayList<>(paths.toList());
            deepestFirst.sort(Comparator.reverseOrder());
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("Cannot remove {}: {}", folder, e.toString());
        }
    }

    private static void removeOrphans(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isOrphan(folder)) {
                    LOG.info("Removing {}, left by a process that is gone", folder);
                    remove(folder);
                }
            }
        }
    }

    private static boolean isOrphan(Path folder) {
        Path file = folder.resolve(LOCK);
        if (folder.getFileName().toString().startsWith(PROCESS)) {
            // Not even to be opened: closing any handle of a file gives up all locks that this process has on it.
            return false;
        }
        if (!Files.exists(file)) {
            // Its owner may be between making the folder and locking it.
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            LOG.warn("Cannot unlock {}: {}", directory, e.toString());
        }
        remove(directory);
    }
}
