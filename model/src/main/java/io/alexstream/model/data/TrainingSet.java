package io.alexstream.model.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Labelled images as a task: classes, and which images are trained with and which held out. An image's own hash decides, so
 * that a set that grows holds out what it held out before. Immutable.
 *
 * @param labels one a class; those of the model that training begins with first, in its order
 */
public record TrainingSet(List<String> labels, List<Example> train, List<Example> heldOut) {

    /**
     * One image.
     *
     * @param classIndex into the labels
     */
    public record Example(LabelledImage image, int classIndex) {}

    public TrainingSet {
        labels = List.copyOf(labels);
        train = List.copyOf(train);
        heldOut = List.copyOf(heldOut);
    }

    /**
     * Divides the images.
     *
     * @param first labels that keep their place; others follow in alphabetical order
     * @param fraction of the images that is held out, above 0 and below 1; at least one of each class of two and more
     */
    public static TrainingSet of(List<LabelledImage> images, List<String> first, double fraction) {
        List<String> labels = labels(images, first);
        Map<Integer, List<Example>> classes = new TreeMap<>();
        for (Example example : examples(images, labels)) {
            classes.computeIfAbsent(example.classIndex(), ignored -> new ArrayList<>())
                    .add(example);
        }
        List<Example> train = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (List<Example> members : classes.values()) {
            members.sort(Comparator.comparingDouble(TrainingSet::place)
                    .thenComparing(example -> example.image().key()));
            // By falling right to be held out: the first one is, if there is another; the last one is trained with.
            for (int i = 0; i < members.size(); i++) {
                boolean out = place(members.get(i)) < fraction || i == 0;
                (out && i < members.size() - 1 ? heldOut : train).add(members.get(i));
            }
        }
        return new TrainingSet(labels, train, heldOut);
    }

    /**
     * Divides the images by their hashes and nothing else, for trainings that go on for ever: what is in one part stays in it,
     * however the set grows, as long as the fraction is the same. A class may be without a held-out image, or without another.
     *
     * @param first labels that keep their place; others follow in alphabetical order
     * @param fraction of the images that is held out, above 0 and below 1
     */
    public static TrainingSet byHash(List<LabelledImage> images, List<String> first, double fraction) {
        List<String> labels = labels(images, first);
        List<Example> train = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (Example example : examples(images, labels)) {
            (place(example) < fraction ? heldOut : train).add(example);
        }
        return new TrainingSet(labels, train, heldOut);
    }

    private static List<String> labels(List<LabelledImage> images, List<String> first) {
        TreeSet<String> others = new TreeSet<>();
        LabelIndex known = new LabelIndex(first);
        images.forEach(image -> {
            if (known.of(image.label()) == LabelIndex.NONE) {
                others.add(image.label());
            }
        });
        List<String> labels = new ArrayList<>(first);
        labels.addAll(others);
        return labels;
    }

    private static List<Example> examples(List<LabelledImage> images, List<String> labels) {
        LabelIndex all = new LabelIndex(labels);
        return images.stream()
                .map(image -> new Example(image, all.of(image.label())))
                .toList();
    }

    /** From 0 to 1, the same for a key on every machine. */
    private static double place(Example example) {
        byte[] hash = sha256(example.image().key());
        long bits = 0;
        for (int i = 0; i < 7; i++) {
            bits = bits << 8 | (hash[i] & 0xFF);
        }
        return bits * 0x1.0p-56;
    }

    /** Why this cannot be trained, a line each; none where it can. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (labels.size() < 2) {
            problems.add("there is " + (labels.isEmpty() ? "no class" : "only the class '" + labels.get(0) + "'")
                    + "; training needs images of two or more");
        }
        if (heldOut.isEmpty()) {
            problems.add("no image is held out: a class of two images or more is needed, or a larger --held-out");
        }
        return problems;
    }

    /** The images that are held out, to evaluate packages on. */
    public List<LabelledImage> heldOutImages() {
        return heldOut.stream().map(Example::image).toList();
    }

    /** Labels without an image to train with, which the model will forget. */
    public List<String> untrained() {
        boolean[] seen = new boolean[labels.size()];
        train.forEach(example -> seen[example.classIndex()] = true);
        List<String> untrained = new ArrayList<>();
        for (int i = 0; i < seen.length; i++) {
            if (!seen[i]) {
                untrained.add(labels.get(i));
            }
        }
        return untrained;
    }

    /** Tells sets apart: a training that goes on must go on with the same images. */
    public String fingerprint() {
        StringBuilder all = new StringBuilder();
        labels.forEach(label -> all.append(label).append('\n'));
        for (List<Example> part : List.of(train, heldOut)) {
            all.append('\n');
            part.forEach(example -> all.append(example.image().key())
                    .append(' ')
                    .append(example.classIndex())
                    .append('\n'));
        }
        return HexFormat.of().formatHex(sha256(all.toString()));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
