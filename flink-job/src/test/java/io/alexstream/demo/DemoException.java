package io.alexstream.demo;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message is one line for who started it. */
final class DemoException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }

    DemoException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
