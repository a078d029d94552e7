package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An image cannot be classified, for a reason that lies in its record; the message says why, in one line. */
public final class ImageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final DeadLetterReason reason;
    private final Stage stage;

    public ImageException(DeadLetterReason reason, Stage stage, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.stage = stage;
    }

    public DeadLetterReason reason() {
        return reason;
    }

    public Stage stage() {
        return stage;
    }
}
