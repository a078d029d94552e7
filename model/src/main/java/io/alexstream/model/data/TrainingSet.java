package io.alexstream.model.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
        TrainingSet all = unparted(images, first);
        Map<Integer, List<Placed>> classes = new TreeMap<>();
        for (Example example : all.train()) {
            classes.computeIfAbsent(example.classIndex(), ignored -> new ArrayList<>())
                    .add(Placed.of(example));
        }
        List<Example> train = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (List<Placed> members : classes.values()) {
            members.sort(Comparator.comparingDouble(Placed::place)
                    .thenComparing(member -> member.example().image().key()));
            // By falling right to be held out: the first one is, if there is another; the last one is trained with.
            for (int i = 0; i < members.size(); i++) {
                boolean out = members.get(i).place() < fraction || i == 0;
                (out && i < members.size() - 1 ? heldOut : train)
                        .add(members.get(i).example());
            }
        }
        return new TrainingSet(all.labels(), train, heldOut);
    }

    /**
     * Divides the images by their hashes and nothing else, for trainings that go on for ever: what is in one part stays in it,
     * however the set grows, as long as the fraction is the same. A class may be without a held-out image, or without another.
     *
     * @param first labels that keep their place; others follow in alphabetical order
     * @param fraction of the images that is held out, above 0 and below 1
     */
    public static TrainingSet byHash(List<LabelledImage> images, List<String> first, double fraction) {
        TrainingSet all = unparted(images, first);
        List<Example> train = new ArrayList<>();
        List<Example> heldOut = new ArrayList<>();
        for (Example example : all.train()) {
            (Placed.of(example).place() < fraction ? heldOut : train).add(example);
        }
        return new TrainingSet(all.labels(), train, heldOut);
    }

    /**
     * All images with their classes, nothing held out. A label means the one of the first labels that it names by its whole or by
     * an id; another one is a class of its own, exactly as it is written, so that no image is without a class.
     */
    private static TrainingSet unparted(List<LabelledImage> images, List<String> first) {
        LabelIndex known = new LabelIndex(first);
        TreeSet<String> others = new TreeSet<>();
        images.forEach(image -> {
            if (known.of(image.label()) == LabelIndex.NONE) {
                others.add(image.label());
            }
        });
        List<String> labels = new ArrayList<>(first);
        Map<String, Integer> added = new HashMap<>();
        for (String other : others) {
            added.put(other, labels.size());
            labels.add(other);
        }
        List<Example> examples = images.stream()
                .map(image -> {
                    Integer own = added.get(image.label());
                    return new Example(image, own != null ? own : known.of(image.label()));
                })
                .toList();
        return new TrainingSet(labels, examples, List.of());
    }

    /**
     * An image's right to be held out, worked out once: a key may be a whole {@code data:} URI.
     *
     * @param place from 0 to 1, the same for a key on every machine
     */
    private record Placed(Example example, double place) {

        static Placed of(Example example) {
            byte[] hash = sha256().digest(example.image().key().getBytes(StandardCharsets.UTF_8));
            long bits = 0;
            for (int i = 0; i < 7; i++) {
                bits = bits << 8 | (hash[i] & 0xFF);
            }
            return new Placed(example, bits * 0x1.0p-56);
        }
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

    /** The images that are held out, to evaluate packages on, with the labels that their source gave them. */
    public List<LabelledImage> heldOutImages() {
        return heldOut.stream().map(Example::image).toList();
    }

    /** The same with the labels of this set: packages whose classes differ are asked about the same class of an image. */
    public List<LabelledImage> heldOutByClass() {
        return heldOut.stream()
                .map(example -> new LabelledImage(
                        example.image().key(), example.image().uri(), labels.get(example.classIndex())))
                .toList();
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
        // Piece by piece: keys may be data: URIs, and all of them together more than fits into an array.
        MessageDigest digest = sha256();
        labels.forEach(label -> add(digest, label + '\n'));
        for (List<Example> part : List.of(train, heldOut)) {
            add(digest, "\n");
            part.forEach(example -> {
                add(digest, example.image().key());
                add(digest, " " + example.classIndex() + '\n');
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
