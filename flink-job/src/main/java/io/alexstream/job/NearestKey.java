package io.alexstream.job;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that somebody probably meant. */
final class NearestKey {

    private NearestKey() {}

    /** The key with the fewest letters to change; none where more than a third would have to. */
    static Optional<String> to(String typed, Collection<String> keys) {
        return keys.stream()
                .min(Comparator.comparingInt(key -> distance(typed, key)))
                .filter(key -> distance(typed, key) <= Math.max(2, key.length() / 3));
    }

    /** Levenshtein's distance, row by row. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
