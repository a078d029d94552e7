package io.alexstream.model.publish;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.FileSystemException;

/** A package could not be copied into the repository, a full disk for instance. The message is one line with what to do. */
public final class CopyFailedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    CopyFailedException(String uri, IOException cause) {
        super(
                "the package could not be copied to " + uri + " (" + reason(cause)
                        + "), and nothing was published; mend that, then publish it again",
                cause);
    }

    /** Exceptions of this kind name only the file. */
    private static String reason(IOException cause) {
        return cause instanceof FileSystemException
                ? cause.getClass().getSimpleName() + ": " + PackageRepository.firstLine(cause)
                : PackageRepository.firstLine(cause);
    }
}
