package io.alexstream.gpubench;

import java.io.Serial;

/** The bench cannot go on; the message is one line for the person who ran it. */
final class BenchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    BenchException(String message) {
        super(message);
    }
}
