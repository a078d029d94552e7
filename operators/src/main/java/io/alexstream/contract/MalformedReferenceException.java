package io.alexstream.contract;

import java.io.Serial;

/** A record's value is not an image reference; the message says why, in one line of at most 300 characters. */
public final class MalformedReferenceException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** The message may quote the record: it is cut and cleaned here, since it goes into headers and logs. */
    public MalformedReferenceException(String message) {
        super(OneLine.of(message));
    }
}
