package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.io.InputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Everything else that Flink has a file system for: {@code s3:}, {@code hdfs:}, {@code gs:} … The only class of this
 * package that knows Flink. Stateless: Flink caches the file systems.
 */
final class FlinkFileSystemSource implements ByteSource {

    @Override
    public EncodedImage read(OngoingFetch fetch) throws IOException, InterruptedException {
        Path path = new Path(fetch.uri().uri());
        FileSystem fileSystem = fileSystem(fetch, path);
        FileStatus status = fileSystem.getFileStatus(path);
        if (status.isDir()) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "this is a folder", null);
        }
        fetch.refuseLongerThanAllowed(status.getLen());
        // Flink's safety net does not reach threads of our own.
        try (InputStream in = fileSystem.open(path)) {
            return fetch.read(in, status.getLen());
        }
    }

    private static FileSystem fileSystem(OngoingFetch fetch, Path path) throws IOException {
        try {
            return FileSystem.get(path.toUri());
        } catch (UnsupportedFileSystemSchemeException e) {
            String scheme = fetch.uri().scheme();
            throw fetch.failure(
                    DeadLetterReason.FETCH_FAILED,
                    "Flink has no file system for " + scheme
                            + ": here; put its plugin into the cluster's plugins folder",
                    e);
        }
    }
}
