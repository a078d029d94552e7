package io.alexstream.model.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which class a label means: the one of that name, else the one whose id it is. An id is a label's first word with a digit in it,
 * such as WordNet's in {@code n02123045 tabby}; a plain first word is none, or "red" would mean "red wine". Immutable.
 */
public final class LabelIndex {

    /** No class, or more than one. */
    public static final int NONE = -1;

    private final Map<String, Integer> whole = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();

    /** @param labels one a class; of two that are the same, the first one is meant */
    public LabelIndex(List<String> labels) {
        for (int i = 0; i < labels.size(); i++) {
            whole.putIfAbsent(labels.get(i), i);
            String word = labels.get(i).strip().split("\\s", 2)[0];
            if (word.chars().anyMatch(Character::isDigit)) {
                ids.merge(word, i, (one, other) -> NONE);
            }
        }
    }

    /** The class's place among the labels, or {@link #NONE}. */
    public int of(String label) {
        Integer exact = whole.get(label);
        return exact != null ? exact : ids.getOrDefault(label, NONE);
    }
}
