package io.alexstream.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public ModelManifest {
        Objects.requireNonNull(createdAt, "createdAt");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(golden, "golden");
        requireName(name);
        requireVersion(version);
        files = Collections.unmodifiableMap(new TreeMap<>(Objects.requireNonNull(files, "files")));
        files.forEach(ModelManifest::requireFile);
        requireListed(files, MODEL_FILE);
        requireListed(files, golden.frames());
        labels = copyOf(labels, "labels");
    }

    static void requireName(String name) {
        if (!NAME.matcher(Objects.requireNonNull(name, "name")).matches()) {
            throw OneLine.refusal(
                    "name must be 1 to 100 letters, digits, dots, dashes or underscores and start with a letter or digit",
                    name);
        }
    }

    static void requireVersion(int version) {
        if (version < 1) {
            throw OneLine.refusal("version must be 1 or more", version);
        }
    }

    static void requireSha256(String sha256) {
        if (!SHA256.matcher(Objects.requireNonNull(sha256, "sha256")).matches()) {
            throw OneLine.refusal("sha256 must be 64 lower-case hex digits", sha256);
        }
    }

    private static void requireFile(String file, @Nullable FileEntry entry) {
        if (!FILE.matcher(file).matches() || file.equals(FILE_NAME)) {
            throw OneLine.refusal("file names must be plain, without folders, and not " + FILE_NAME, file);
        }
        if (entry == null) {
            throw OneLine.refusal("each file needs its sha256 and size", file);
        }
    }

    private static void requireListed(Map<String, FileEntry> files, String file) {
        if (!files.containsKey(file)) {
            throw OneLine.refusal("files must list " + MODEL_FILE + " and the golden frames; missing", file);
        }
    }

    /** {@link List#copyOf} with the name of the list in the message. */
    private static <T> List<T> copyOf(List<T> list, String name) {
        if (Objects.requireNonNull(list, name).isEmpty()) {
            throw OneLine.refusal(name + " must not be empty", list);
        }
        for (T element : list) {
            Objects.requireNonNull(element, "an element of " + name);
        }
        return List.copyOf(list);
    }

    /** @param sha256 in lower-case hex; @param size in bytes */
    public record FileEntry(String sha256, long size) {

        public FileEntry {
            requireSha256(sha256);
            if (size < 0) {
                throw OneLine.refusal("size must not be negative", size);
            }
        }
    }

    /** Share of samples whose truth was the first, or among the first five; 0 to 1. */
    public record Metrics(double top1, double top5, long samples) {

        public Metrics {
            if (!(top1 >= 0 && top1 <= top5 && top5 <= 1)) {
                throw OneLine.refusal("metrics need 0 <= top1 <= top5 <= 1", top1 + " and " + top5);
            }
        }
    }

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
            expected = copyOf(expected, "golden samples");
            if (!(tolerance > 0 && tolerance < 1)) {
                throw OneLine.refusal("tolerance must lie between 0 and 1", tolerance);
            }
        }
    }

    /** The first classes of one golden frame, by falling probability. */
    public record GoldenSample(List<Integer> classes, List<Float> probabilities) {

        public GoldenSample {
            classes = copyOf(classes, "golden classes");
            probabilities = copyOf(probabilities, "golden probabilities");
            if (classes.size() != probabilities.size()) {
                throw OneLine.refusal(
                        "a golden sample needs as many classes as probabilities",
                        classes.size() + " and " + probabilities.size());
            }
        }
    }
}
