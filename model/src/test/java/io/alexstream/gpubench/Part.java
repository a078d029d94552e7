package io.alexstream.gpubench;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be measured, in the order in which it is. */
enum Part {
    CEILINGS,
    BARE,
    OPERATOR,
    FRAMES,
    TWO,
    FIRST,
    NUMERICS,
    SWAPS;

    /**
     * Reads names with commas between them.
     *
     * @throws IllegalArgumentException where one is none of them
     */
    static Set<Part> parse(String text) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String name : text.split(",", -1)) {
            parts.add(valueOf(name.strip().toUpperCase(Locale.ROOT)));
        }
        return parts;
    }
}
