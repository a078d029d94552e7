package io.alexstream.contract;

import java.io.Serial;

/** A record's value is not an image reference; the message says why, in one line. */
public final class MalformedReferenceException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    public MalformedReferenceException(String message) {
        super(message);
    }
}
