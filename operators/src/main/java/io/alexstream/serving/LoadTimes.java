package io.alexstream.serving;

/**
 * How long a model took to become ready, its waits for images that are served meanwhile included.
 *
 * @param loadMillis to fetch and verify the package and open the sessions
 * @param warmUpMillis to warm the sessions up and check their answers
 */
public record LoadTimes(long loadMillis, long warmUpMillis) {

    /** For a log. */
    String text() {
        return "loaded in " + loadMillis + " ms, warmed up in " + warmUpMillis + " ms";
    }
}
