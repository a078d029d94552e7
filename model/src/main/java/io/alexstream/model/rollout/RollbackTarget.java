package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the version that a rollback without a number means: a lower one always, so that a second rollback goes further back. */
public final class RollbackTarget {

    private RollbackTarget() {}

    /**
     * The version that served last of those lower than the current one.
     *
     * @param statuses of this model, in any order
     * @return null where none has served
     */
    public static @Nullable Integer lastServed(int current, List<ModelStatus> statuses) {
        ModelStatus last = null;
        for (ModelStatus status : statuses) {
            boolean served = status.state() == ModelStatus.State.ACTIVE && status.version() < current;
            if (served && (last == null || !status.at().isBefore(last.at()))) {
                last = status;
            }
        }
        return last == null ? null : last.version();
    }

    /**
     * The highest version lower than the current one.
     *
     * @param stored the packages in the repository
     * @return null where there is none
     */
    public static @Nullable Integer highestLower(int current, List<Integer> stored) {
        return stored.stream()
                .filter(version -> version < current)
                .max(Integer::compare)
                .orElse(null);
    }
}
