package io.alexstream.serving;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A model package cannot serve; the message says which, why and what to do, in one line. */
public final class ModelLoadException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean permanent;

    private ModelLoadException(String message, boolean permanent, @Nullable Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    /** Trying again cannot help: the package or the options must change first. */
    static ModelLoadException permanent(String message, @Nullable Throwable cause) {
        return new ModelLoadException(message, true, cause);
    }

    /** Trying again may help: the network, the disk or the clock was against it. */
    static ModelLoadException passing(String message, @Nullable Throwable cause) {
        return new ModelLoadException(message, false, cause);
    }

    public boolean isPermanent() {
        return permanent;
    }
}
