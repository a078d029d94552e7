package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** Local files that really lie, symbolic links resolved, under an allowed root. Stateless but for the roots. */
final class FileSource implements ByteSource {

    private final List<Path> roots;

    FileSource(List<Path> roots) {
        this.roots = List.copyOf(roots);
    }

    @Override
    public EncodedImage read(OngoingFetch fetch) throws IOException, InterruptedException {
        Path file = realFile(fetch);
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        // Opening a pipe blocks until somebody writes to it, and some devices never end.
        if (!attributes.isRegularFile()) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "not a regular file", null);
        }
        fetch.refuseLongerThanAllowed(attributes.size());
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return fetch.read(in, attributes.size());
        }
    }

    private Path realFile(OngoingFetch fetch) throws IOException {
        Path file;
        try {
            file = Path.of(fetch.uri().path()).toRealPath();
        } catch (NoSuchFileException e) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "there is no such file", e);
        } catch (InvalidPathException e) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "the file system cannot spell this name", e);
        }
        for (Path root : roots) {
            if (Files.exists(root) && file.startsWith(root.toRealPath())) {
                return file;
            }
        }
        throw fetch.failure(DeadLetterReason.FORBIDDEN_URI, "a symbolic link leads out of the allowed folders", null);
    }
}
