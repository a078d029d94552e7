package io.alexstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code manifest.json} of a model package: what it is, what it takes, and the checksum of every other file in it.
 *
 * @param version from 1
 * @param parentVersion the version it was trained from, or null
 * @param files by name relative to the package; every file but the manifest itself
 * @param input the frames it takes
 * @param labels one a class, in the order of the model's output
 * @param metrics what an evaluation found, or null
 * @param training how it came to be, free in form, or null
 * @param golden frames with known answers, checked before the model serves
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelManifest(
        String name,
        int version,
        @Nullable Integer parentVersion,
        Instant createdAt,
        Map<String, FileEntry> files,
        InputSpec input,
        List<String> labels,
        @Nullable Metrics metrics,
        @Nullable JsonNode training,
        Golden golden) {

    /** The manifest's own file name; written last, it is the commit of a package. */
    public static final String FILE_NAME = "manifest.json";

    /** The serving graph's file name. */
    public static final String MODEL_FILE = "model.onnx";

    public ModelManifest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(golden, "golden");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "name must be 1 to 100 letters, digits, dots, dashes or underscores, was '" + name + "'");
        }
        if (version < 1) {
            throw new IllegalArgumentException("version must be 1 or more, was " + version);
        }
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        labels = List.copyOf(labels);
        if (!files.containsKey(MODEL_FILE)) {
            throw new IllegalArgumentException("files must list " + MODEL_FILE);
        }
        if (!files.containsKey(golden.frames())) {
            throw new IllegalArgumentException("files must list the golden frames " + golden.frames());
        }
        files.keySet().forEach(ModelManifest::requirePlainName);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels must not be empty");
        }
    }

    private static void requirePlainName(String file) {
        if (!file.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,199}") || file.equals(FILE_NAME)) {
            throw new IllegalArgumentException("file names must be plain, without folders, was '" + file + "'");
        }
    }

    /** @param sha256 in lower-case hex; @param size in bytes */
    public record FileEntry(String sha256, long size) {

        public FileEntry {
            Objects.requireNonNull(sha256, "sha256");
            if (!sha256.matches("[0-9a-f]{64}")) {
                throw new IllegalArgumentException("sha256 must be 64 lower-case hex digits, was '" + sha256 + "'");
            }
            if (size < 0) {
                throw new IllegalArgumentException("size must not be negative, was " + size);
            }
        }
    }

    /** Share of samples whose truth was the first, or among the first five; 0 to 1. */
    public record Metrics(double top1, double top5, long samples) {}

    /**
     * Frames with known answers.
     *
     * @param frames name of the file that holds them, one after another, each {@link InputSpec#frameBytes()} long
     * @param tolerance how far a probability may be off on another device
     * @param expected one a frame
     */
    public record Golden(String frames, double tolerance, List<GoldenSample> expected) {

        public Golden {
            Objects.requireNonNull(frames, "frames");
            expected = List.copyOf(expected);
            if (!(tolerance > 0 && tolerance < 1)) {
                throw new IllegalArgumentException("tolerance must lie between 0 and 1, was " + tolerance);
            }
            if (expected.isEmpty()) {
                throw new IllegalArgumentException("golden samples must not be empty");
            }
        }
    }

    /** The first classes of one golden frame, by falling probability. */
    public record GoldenSample(List<Integer> classes, List<Float> probabilities) {

        public GoldenSample {
            classes = List.copyOf(classes);
            probabilities = List.copyOf(probabilities);
            if (classes.size() != probabilities.size() || classes.isEmpty()) {
                throw new IllegalArgumentException("a golden sample needs as many classes as probabilities, had "
                        + classes.size() + " and " + probabilities.size());
            }
        }
    }
}
