package io.alexstream.model.export;

import java.io.Serial;

/** A model cannot be made a serving graph. The message is one line: what is wrong, and what to do. */
public final class RefusedModelException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public RefusedModelException(String message) {
        super(message);
    }

    public RefusedModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
