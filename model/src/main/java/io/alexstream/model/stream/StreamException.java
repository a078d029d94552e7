package io.alexstream.model.stream;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Kafka or a folder is not as asked; the message is one line for the person who typed the command. */
public final class StreamException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public StreamException(String message) {
        super(message);
    }

    public StreamException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
