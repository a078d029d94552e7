package io.alexstream.model.publish;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A package cannot be published. The message is one line: which, why, and what to do. */
public final class PublishException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public PublishException(String message) {
        super(message);
    }

    public PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
