package io.alexstream.model.evaluate;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a package did on the images of one class. Immutable.
 *
 * @param known whether the package has the class; where it has not, all its images are wrong
 * @param images 1 or more
 * @param top1 those whose class came first
 * @param top5 those whose class was among the first five
 * @param predicted how often each class of the package came first, by its place among the package's labels
 */
public record ClassResult(
        String label, boolean known, long images, long top1, long top5, Map<Integer, Long> predicted) {

    public ClassResult {
        predicted = Collections.unmodifiableMap(new TreeMap<>(predicted));
        if (images < 1 || top1 < 0 || top1 > top5 || top5 > images) {
            throw new IllegalArgumentException("a class needs 0 <= top1 <= top5 <= images and an image, had " + top1
                    + ", " + top5 + " and " + images);
        }
    }

    /** Share of the images whose class came first; 0 to 1. */
    public double top1Share() {
        return (double) top1 / images;
    }

    /** Share of the images whose class was among the first five; 0 to 1. */
    public double top5Share() {
        return (double) top5 / images;
    }
}
