package io.alexstream.demo;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What Maven passes on.
 *
 * @param directory where the demo keeps its files and its log
 * @param images the user's own pictures ({@code -Dimages}), or null to draw some
 * @param model the user's own package ({@code -Dmodel}), path or URI, or null to make one
 * @param pictures how many to draw for the stream ({@code -Dpictures})
 * @param retrain whether the model learns ({@code -Dretrain}); the user's own pictures and packages are only served
 */
record DemoOptions(
        Path directory, @Nullable Path images, @Nullable String model, int pictures, boolean retrain) {

    /** Enough for many batches, few enough for a minute on two cores. */
    private static final int PICTURES = 300;

    /** Enough for an accuracy, few enough to be answered several times a minute. */
    private static final int PICTURES_WHERE_IT_LEARNS = 200;

    /** Drawing them is a test of patience beyond this, and nothing else. */
    private static final int MOST_PICTURES = 100_000;

    /** The system property that names the log file; log4j2-demo.properties reads it. */
    static final String LOG = "demo.log";

    /** Reads {@code --key=value}; an empty value counts as not given, since Maven passes what was not set so. */
    static DemoOptions parse(String... args) {
        Path directory = Path.of("target", "demo");
        Path images = null;
        String model = null;
        Integer pictures = null;
        boolean retrain = true;
        for (String arg : args) {
            int equals = arg.indexOf('=');
            String key = equals < 0 ? arg : arg.substring(0, equals);
            String value = equals < 0 ? "" : arg.substring(equals + 1).strip();
            if (value.isEmpty()) {
                continue;
            }
            switch (key) {
                case "--directory" -> directory = path(key, value);
                case "--images" -> images = path(key, value);
                case "--model" -> model = value;
                case "--pictures" -> pictures = count(key, value);
                case "--retrain" -> retrain = yesOrNo(key, value);
                default -> throw new DemoException("unknown option " + arg);
            }
        }
        boolean learns = retrain && images == null && model == null;
        return new DemoOptions(
                directory.toAbsolutePath().normalize(),
                images,
                model,
                pictures != null ? pictures : learns ? PICTURES_WHERE_IT_LEARNS : PICTURES,
                learns);
    }

    /** The file that says that the demo failed; beside the log, so that it can be written whatever the options are. */
    static Path marker() {
        return Path.of(System.getProperty(LOG, LOG)).toAbsolutePath().resolveSibling("failed");
    }

    /** Where the log is, as short as it can be said. */
    static String log() {
        Path log = Path.of(System.getProperty(LOG, "the log")).toAbsolutePath();
        Path here = Path.of("").toAbsolutePath();
        return (log.startsWith(here) ? here.relativize(log) : log).toString();
    }

    private static Path path(String key, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new DemoException(key.replace("--", "-D") + ": '" + value + "' is no path", e);
        }
    }

    private static boolean yesOrNo(String key, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new DemoException(key.replace("--", "-D") + " must be true or false, was " + value);
        }
        return value.equals("true");
    }

    private static int count(String key, String value) {
        try {
            int count = Integer.parseInt(value);
            if (count >= 1 && count <= MOST_PICTURES) {
                return count;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new DemoException(
                key.replace("--", "-D") + " must be a number from 1 to " + MOST_PICTURES + ", was " + value);
    }
}
