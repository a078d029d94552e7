package io.alexstream.model.evaluate;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A package cannot be evaluated; the message is one line for the person who asked for it. */
public final class EvaluationException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public EvaluationException(String message) {
        this(message, null);
    }

    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
