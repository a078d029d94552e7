package io.alexstream.model.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a source of labels gave. Immutable.
 *
 * @param images one a key
 * @param allowedUris what may be fetched of it, as {@link io.alexstream.image.UriPolicy} takes it
 * @param problems why it cannot be trained with, a line each
 * @param notes what was passed over, a line each
 */
public record LabelledImages(
        List<LabelledImage> images, List<String> allowedUris, List<String> problems, List<String> notes) {

    /** Lines of a faulty file that are named; the rest is counted. */
    private static final int NAMED = 10;

    public LabelledImages {
        images = List.copyOf(images);
        allowedUris = List.copyOf(allowedUris);
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }

    /** One image a key; the last label that was said of it wins. */
    static List<LabelledImage> latest(List<LabelledImage> all) {
        Map<String, LabelledImage> byKey = new LinkedHashMap<>();
        all.forEach(image -> byKey.put(image.key(), image));
        return List.copyOf(byKey.values());
    }

    /** The first few, and how many more there are. */
    public static List<String> few(List<String> lines) {
        if (lines.size() <= NAMED) {
            return lines;
        }
        List<String> few = new ArrayList<>(lines.subList(0, NAMED));
        few.add("... and " + (lines.size() - NAMED) + " more");
        return few;
    }

    /** Hands every note on. */
    public void tell(Consumer<String> listener) {
        notes.forEach(listener);
    }
}
