package io.alexstream.model.evaluate;

import io.alexstream.contract.ModelRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How right a package is on labelled images. Images whose label it has no class for count as wrong, and their classes are
 * there as not known. Immutable.
 *
 * @param labels of the package, in the order of its classes
 * @param classes those of which there are images: the package's in its order, then the others in alphabetical order; one or
 *     more
 */
public record Evaluation(ModelRef model, List<String> labels, List<ClassResult> classes) {

    /**
     * A mistake and how often it was made.
     *
     * @param truth label of the images
     * @param predicted label that came first instead
     * @param ofTruth images of the true class
     */
    public record Confusion(String truth, String predicted, long images, long ofTruth) {}

    /** Of "top-5": a class among so many counts, of packages that answer fewer among those. */
    private static final int FIVE = 5;

    public Evaluation {
        labels = List.copyOf(labels);
        classes = List.copyOf(classes);
        if (classes.isEmpty()) {
            throw new IllegalArgumentException("an evaluation needs an image");
        }
    }

    /** Counts. */
    static Evaluation of(PackageAnswers answered) {
        List<String> labels = answered.labels();
        Map<Integer, List<Answer>> known = new TreeMap<>();
        Map<String, List<Answer>> others = new TreeMap<>();
        for (Answer answer : answered.answers()) {
            List<Answer> same = answer.truth() >= 0
                    ? known.computeIfAbsent(answer.truth(), truth -> new ArrayList<>())
                    : others.computeIfAbsent(answer.image().label(), label -> new ArrayList<>());
            same.add(answer);
        }
        List<ClassResult> classes = new ArrayList<>();
        known.forEach((truth, answers) -> classes.add(count(labels.get(truth), true, answers)));
        others.forEach((label, answers) -> classes.add(count(label, false, answers)));
        return new Evaluation(answered.model(), labels, classes);
    }

    private static ClassResult count(String label, boolean known, List<Answer> answers) {
        long first = 0;
        long amongFive = 0;
        Map<Integer, Long> predicted = new HashMap<>();
        for (Answer answer : answers) {
            boolean found = answer.rank() < answer.classes().length;
            first += answer.rank() == 0 ? 1 : 0;
            amongFive += found && answer.rank() < FIVE ? 1 : 0;
            predicted.merge(answer.classes()[0], 1L, Long::sum);
        }
        return new ClassResult(label, known, answers.size(), first, amongFive, predicted);
    }

    /** Whether their versions alone tell them apart: they are of one name. */
    public static boolean isOfOneName(List<Evaluation> evaluations) {
        return evaluations.stream().map(one -> one.model().name()).distinct().count() == 1;
    }

    /** How many images there were; 1 or more. */
    public long images() {
        return classes.stream().mapToLong(ClassResult::images).sum();
    }

    /** Share of all images whose class came first; 0 to 1. */
    public double top1() {
        return (double) classes.stream().mapToLong(ClassResult::top1).sum() / images();
    }

    /** Share of all images whose class was among the first five; 0 to 1. */
    public double top5() {
        return (double) classes.stream().mapToLong(ClassResult::top5).sum() / images();
    }

    /** How it did on the images of that label; empty where there are none. */
    public Optional<ClassResult> of(String label) {
        return classes.stream().filter(result -> result.label().equals(label)).findFirst();
    }

    /** Labels of images that the package has no class for. */
    public List<String> unknown() {
        return classes.stream()
                .filter(result -> !result.known())
                .map(ClassResult::label)
                .toList();
    }

    /** The mistakes, most frequent first. */
    public List<Confusion> confusions() {
        List<Confusion> confusions = new ArrayList<>();
        for (ClassResult result : classes) {
            result.predicted().forEach((index, count) -> {
                String predicted = labels.get(index);
                if (count > 0 && (!result.known() || !predicted.equals(result.label()))) {
                    confusions.add(new Confusion(result.label(), predicted, count, result.images()));
                }
            });
        }
        confusions.sort(Comparator.comparingLong(Confusion::images).reversed());
        return confusions;
    }
}
