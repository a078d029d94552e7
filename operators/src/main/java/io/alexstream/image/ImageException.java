package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** One image cannot become a frame; says why, where, and in one line what is wrong. The image's fault, never the job's. */
public final class ImageException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Messages quote what a producer or a server sent; a dead letter's header need not carry more of it. */
    private static final int MAX_MESSAGE = 500;

    private final DeadLetterReason reason;
    private final Stage stage;

    public ImageException(DeadLetterReason reason, Stage stage, String message) {
        this(reason, stage, message, null);
    }

    public ImageException(DeadLetterReason reason, Stage stage, String message, @Nullable Throwable cause) {
        super(oneLine(message), cause);
        this.reason = reason;
        this.stage = stage;
    }

    static ImageException forbidden(String message) {
        return new ImageException(DeadLetterReason.FORBIDDEN_URI, Stage.FETCH, message);
    }

    static ImageException malformed(String message) {
        return new ImageException(DeadLetterReason.MALFORMED_REFERENCE, Stage.PARSE, message);
    }

    static ImageException fetchFailed(String message, @Nullable Throwable cause) {
        return new ImageException(DeadLetterReason.FETCH_FAILED, Stage.FETCH, message, cause);
    }

    static ImageException fetchTimeout(String message, @Nullable Throwable cause) {
        return new ImageException(DeadLetterReason.FETCH_TIMEOUT, Stage.FETCH, message, cause);
    }

    static ImageException tooManyBytes(String message) {
        return new ImageException(DeadLetterReason.IMAGE_TOO_LARGE, Stage.FETCH, message);
    }

    static ImageException tooLarge(String message) {
        return new ImageException(DeadLetterReason.IMAGE_TOO_LARGE, Stage.DECODE, message);
    }

    static ImageException unsupported(String message) {
        return new ImageException(DeadLetterReason.UNSUPPORTED_FORMAT, Stage.DECODE, message);
    }

    static ImageException corrupt(String message) {
        return corrupt(message, null);
    }

    static ImageException corrupt(String message, @Nullable Throwable cause) {
        return new ImageException(DeadLetterReason.CORRUPT_IMAGE, Stage.DECODE, message, cause);
    }

    public DeadLetterReason reason() {
        return reason;
    }

    public Stage stage() {
        return stage;
    }

    private static String oneLine(String message) {
        String shortened = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE) + "…";
        StringBuilder line = new StringBuilder(shortened.length());
        shortened.codePoints().forEach(c -> line.appendCodePoint(isPrintable(c) ? c : ' '));
        return line.toString();
    }

    private static boolean isPrintable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
