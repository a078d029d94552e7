package io.alexstream.job;

import java.util.Optional;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.SerializedThrowable;
import org.jspecify.annotations.Nullable;

/** Finds, in the exception of a failed job, the reason that no restart would cure. */
final class PermanentFault {

    private PermanentFault() {}

    /** One line of what stands behind Flink's {@link SuppressRestartsException}; nothing where there is none. */
    static Optional<String> in(Throwable failure) {
        for (Throwable link = failure; link != null; link = link.getCause()) {
            if (isSuppressed(link)) {
                return Optional.of(oneLine(link.getCause() == null ? link : link.getCause()));
            }
        }
        return Optional.empty();
    }

    private static boolean isSuppressed(Throwable link) {
        // A cluster answers with names and texts where it cannot send the exception itself.
        return link instanceof SuppressRestartsException
                || (link instanceof SerializedThrowable serialized
                        && SuppressRestartsException.class.getName().equals(serialized.getOriginalErrorClassName()));
    }

    private static String oneLine(Throwable reason) {
        @Nullable String message = reason.getMessage();
        if (message == null) {
            return reason.getClass().getSimpleName();
        }
        String line = message.lines().findFirst().orElse("");
        if (reason instanceof SerializedThrowable serialized) {
            String prefix = serialized.getOriginalErrorClassName() + ": ";
            return line.startsWith(prefix) ? line.substring(prefix.length()) : line;
        }
        return line;
    }
}
