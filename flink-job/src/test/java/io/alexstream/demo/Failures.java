package io.alexstream.demo;

import org.apache.flink.client.program.ProgramParametrizationException;

/** What a person needs to read of an exception. */
final class Failures {

    private Failures() {}

    /** The job's own words where it chose them for people, else the words of what began it, on one line. */
    static String oneLine(Throwable failure) {
        Throwable root = failure;
        for (Throwable link = failure; link != null; link = link.getCause()) {
            root = link;
            if (link instanceof ProgramParametrizationException) {
                break;
            }
        }
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
