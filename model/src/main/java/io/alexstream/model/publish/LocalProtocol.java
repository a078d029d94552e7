package io.alexstream.model.publish;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** On a POSIX file system creating a directory either makes it or fails, and moving a file replaces a name at once. */
final class LocalProtocol implements RepositoryProtocol {

    @Override
    public boolean take(org.apache.flink.core.fs.Path version) throws IOException {
        Path directory = local(version);
        Files.createDirectories(directory.getParent());
        try {
            Files.createDirectory(directory);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    @Override
    public void commit(org.apache.flink.core.fs.Path version, byte[] manifest) throws IOException {
        PackageFiles.commit(local(version).resolve(PackageRepository.MANIFEST), manifest);
    }

    @Override
    public void release(org.apache.flink.core.fs.Path version) throws IOException {
        Files.deleteIfExists(local(version));
    }

    private static Path local(org.apache.flink.core.fs.Path path) {
        return Path.of(path.getPath());
    }
}
