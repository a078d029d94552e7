package io.alexstream.image;

import java.io.Serial;

/** The decoder that was asked for cannot be had in this process, however often one tries; says in one line what to do. */
public final class DecoderUnavailableException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DecoderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
