package io.alexstream.model.train;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Training cannot begin or go on; the message is one line for the person who asked for it. */
public final class TrainingException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TrainingException(String message) {
        super(message);
    }

    public TrainingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
