package io.alexstream.model.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Failures as one line. */
final class Failures {

    private Failures() {}

    static String oneLine(Throwable failure) {
        String message = failure.getMessage();
        String first = message == null ? "" : message.lines().findFirst().orElse("");
        if (failure instanceof FileSystemException fileSystem) {
            return first(fileSystem);
        }
        // A message written for people needs no class name; the rest does.
        boolean ours = failure.getClass().getName().startsWith("io.alexstream.");
        return ours && !first.isEmpty() ? first : failure.getClass().getSimpleName() + ": " + first;
    }

    private static String first(FileSystemException failure) {
        String file = failure.getFile();
        if (failure instanceof NoSuchFileException) {
            return file + " does not exist";
        }
        if (failure instanceof AccessDeniedException) {
            return file + " may not be read or written by this user";
        }
        if (failure instanceof NotDirectoryException) {
            return file + " is no directory";
        }
        String reason = failure.getReason();
        return file + ": " + (reason == null ? failure.getClass().getSimpleName() : reason);
    }
}
