package io.alexstream.model.data;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The images are not such that one could train with them; the message is one line for the person who gave them. */
public final class TrainingDataException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public TrainingDataException(String message) {
        super(message);
    }

    public TrainingDataException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
