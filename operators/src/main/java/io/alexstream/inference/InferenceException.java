package io.alexstream.inference;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A session could not be opened or a batch could not be run. */
public final class InferenceException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as the caller's next step depends on it. */
    public enum Kind {
        /** The file is no model, or not one with the serving signature. Permanent. */
        MODEL_INVALID,
        /** These frames cannot be run. Another batch may be. */
        INPUT_INVALID,
        /** The asked execution provider cannot be used on this machine. Permanent. */
        PROVIDER_UNAVAILABLE,
        /** The device is gone or was reset; a new session may work. */
        DEVICE_LOST,
        /** The device or the process has no memory left for this. */
        OUT_OF_MEMORY,
        /** The process ends; another one can do it. */
        PROCESS_ENDS,
        /** Anything else that the runtime reports. */
        INTERNAL
    }

    private final Kind kind;

    private InferenceException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public static InferenceException modelInvalid(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.MODEL_INVALID, message, cause);
    }

    public static InferenceException inputInvalid(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.INPUT_INVALID, message, cause);
    }

    public static InferenceException providerUnavailable(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.PROVIDER_UNAVAILABLE, message, cause);
    }

    public static InferenceException deviceLost(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.DEVICE_LOST, message, cause);
    }

    public static InferenceException outOfMemory(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.OUT_OF_MEMORY, message, cause);
    }

    public static InferenceException processEnds(@Nullable Throwable cause) {
        return new InferenceException(Kind.PROCESS_ENDS, "the process ends", cause);
    }

    public static InferenceException internal(String message, @Nullable Throwable cause) {
        return new InferenceException(Kind.INTERNAL, message, cause);
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same batch may succeed on a second try, here or after a restart. */
    public boolean isRetryable() {
        return kind == Kind.DEVICE_LOST || kind == Kind.OUT_OF_MEMORY || kind == Kind.PROCESS_ENDS;
    }
}
