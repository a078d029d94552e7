package io.alexstream.demo;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What must come out for an input.
 *
 * @param isKnown false where the input is the user's own: then anything will do
 * @param reasons of dead letters that are right; none for a classification
 */
record Expected(boolean isKnown, Set<String> reasons) {

    Expected {
        reasons = Set.copyOf(reasons);
    }

    static Expected classification() {
        return new Expected(true, Set.of());
    }

    static Expected deadLetter(Enum<?>... reasons) {
        return new Expected(
                true, Set.copyOf(List.of(reasons).stream().map(Enum::name).toList()));
    }

    static Expected anything() {
        return new Expected(false, Set.of());
    }

    /** @param reason of the dead letter that came, or null where a classification came */
    boolean allows(@Nullable String reason) {
        return !isKnown || (reason == null ? reasons.isEmpty() : reasons.contains(reason));
    }
}
