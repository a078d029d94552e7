package io.alexstream.model.retrain;

import io.alexstream.model.evaluate.ClassResult;
import io.alexstream.model.evaluate.Evaluation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decides whether a candidate may take the place of what is served: only if more images are right, by at least the gain, and no
 * class falls by more than the drop. Immutable.
 *
 * @param minGain least gain of the share of right images, 0 to 1; with 0 one image more is enough, a tie never is
 * @param maxClassDrop most that the share of right images of one class may fall, 0 to 1
 */
public record Gate(double minGain, double maxClassDrop) {

    /**
     * Shares are quotients of counts: 0.3 - 0.2 is 0.09999999999999998. Two shares that differ at all differ by more than this, up
     * to a hundred thousand images.
     */
    private static final double ROUNDING = 1e-11;

    /** Falling classes that are named; the rest is counted. */
    private static final int NAMED = 5;

    public Gate {
        if (!(minGain >= 0 && minGain <= 1) || !(maxClassDrop >= 0 && maxClassDrop <= 1)) {
            throw new IllegalArgumentException(
                    "minGain and maxClassDrop must be from 0 to 1, were " + minGain + " and " + maxClassDrop);
        }
    }

    /**
     * Compares both on the same images. Classes that the served model lacks count as wrong there.
     *
     * @throws IllegalArgumentException where the images were not the same ones
     */
    public Verdict judge(Evaluation served, Evaluation candidate) {
        Map<String, ClassResult> before = byLabel(served);
        Map<String, ClassResult> after = byLabel(candidate);
        requireSameImages(before, after);
        String figures = figures(served, candidate);
        List<String> falling = falling(before, after);
        if (right(candidate) <= right(served)) {
            return new Verdict(false, "not better: " + figures);
        }
        if (candidate.top1() - served.top1() < minGain - ROUNDING) {
            return new Verdict(false, "the gain is less than --min-gain " + minGain + ": " + figures);
        }
        if (!falling.isEmpty()) {
            return new Verdict(
                    false,
                    "a class falls by more than --max-class-drop " + maxClassDrop + ": " + few(falling) + "; "
                            + figures);
        }
        return new Verdict(true, "better: " + figures);
    }

    private static Map<String, ClassResult> byLabel(Evaluation evaluation) {
        Map<String, ClassResult> byLabel = new LinkedHashMap<>();
        evaluation.classes().forEach(result -> byLabel.put(result.label(), result));
        return byLabel;
    }

    private static void requireSameImages(Map<String, ClassResult> before, Map<String, ClassResult> after) {
        boolean same = before.keySet().equals(after.keySet())
                && before.values().stream().allMatch(result -> images(after, result.label()) == result.images());
        if (!same) {
            throw new IllegalArgumentException(
                    "the models were evaluated on different images: " + counts(before) + " and " + counts(after));
        }
    }

    private static long images(Map<String, ClassResult> results, String label) {
        ClassResult result = results.get(label);
        return result == null ? 0 : result.images();
    }

    private static String counts(Map<String, ClassResult> results) {
        return results.values().stream()
                .map(result -> result.label() + " " + result.images())
                .toList()
                .toString();
    }

    private List<String> falling(Map<String, ClassResult> before, Map<String, ClassResult> after) {
        List<String> falling = new ArrayList<>();
        before.forEach((label, old) -> {
            ClassResult now = after.get(label);
            if (now != null && old.top1Share() - now.top1Share() > maxClassDrop + ROUNDING) {
                falling.add(String.format(
                        Locale.ROOT,
                        "'%s' from %s to %s",
                        label,
                        share(old.top1(), old.images()),
                        share(now.top1(), now.images())));
            }
        });
        return falling;
    }

    private static String few(List<String> falling) {
        return falling.size() <= NAMED
                ? String.join(", ", falling)
                : String.join(", ", falling.subList(0, NAMED)) + " and " + (falling.size() - NAMED) + " more";
    }

    private static long right(Evaluation evaluation) {
        return evaluation.classes().stream().mapToLong(ClassResult::top1).sum();
    }

    /** {@code 95.0 % right (190 of 200), version 7 has 92.0 % (184 of 200)}. */
    private static String figures(Evaluation served, Evaluation candidate) {
        return "of " + candidate.images() + " held-out images " + share(right(candidate), candidate.images())
                + " right, version " + served.model().version() + " has " + share(right(served), served.images());
    }

    private static String share(long right, long images) {
        return String.format(Locale.ROOT, "%.1f %% (%d of %d)", 100.0 * right / images, right, images);
    }
}
