package io.alexstream.model.rollout;

import io.alexstream.contract.ModelStatus;
import org.jspecify.annotations.Nullable;

/**
 * One subtask of a job and one update. Immutable.
 *
 * @param stage how far it is with the update
 * @param answer its last status about the update, or null
 * @param serves its last ACTIVE of any version, or null where none was heard
 */
public record SubtaskProgress(
        int subtask,
        Stage stage,
        @Nullable ModelStatus answer,
        @Nullable ModelStatus serves) {

    /** How far a subtask is with an update. */
    public enum Stage {
        /** Has said nothing of it, or serves an older one again. */
        WAITING,
        LOADING,
        /** Serves it, or has served it until a later one came. */
        ACTIVE,
        REJECTED
    }

    static SubtaskProgress unheard(int subtask) {
        return new SubtaskProgress(subtask, Stage.WAITING, null, null);
    }

    /** After one more status of this subtask. */
    SubtaskProgress after(ModelStatus status, Target target) {
        boolean isActive = status.state() == ModelStatus.State.ACTIVE;
        ModelStatus nowServes = isActive ? status : serves;
        if (target.isAnsweredBy(status)) {
            Stage next = switch (status.state()) {
                case LOADING -> Stage.LOADING;
                case ACTIVE, RETIRED -> Stage.ACTIVE;
                case REJECTED -> Stage.REJECTED;
            };
            return new SubtaskProgress(subtask, next, status, nowServes);
        }
        if (!isActive) {
            return this;
        }
        if (target.isOvertakenBy(status)) {
            // Who serves a later update without having served this one will not come back to it.
            Stage next = stage == Stage.ACTIVE ? Stage.ACTIVE : Stage.REJECTED;
            return new SubtaskProgress(subtask, next, next == stage ? answer : status, nowServes);
        }
        return new SubtaskProgress(subtask, Stage.WAITING, null, nowServes);
    }

    /** Why it does not serve the update, in one line; null where that is not said. */
    public @Nullable String reason() {
        if (stage != Stage.REJECTED || answer == null) {
            return null;
        }
        if (answer.state() == ModelStatus.State.REJECTED) {
            return answer.reason();
        }
        ModelStatus.UpdatePosition later = answer.update();
        return "overtaken by version " + answer.version() + (later == null ? "" : " (offset " + later.offset() + ")");
    }
}
