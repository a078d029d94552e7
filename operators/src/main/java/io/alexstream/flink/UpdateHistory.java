package io.alexstream.flink;

import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the updates that a subtask reads is to be asked for. Those of other models never; those from before a fresh start
 * only as a whole, the newest of them: loading each in turn would serve the past once more. Confined to the task thread.
 */
final class UpdateHistory {

    /**
     * How long to wait for the end of the history. A topic's last offsets may hold markers that are never read; otherwise its
     * end is read well before this.
     */
    private static final long GRACE_MILLIS = 5_000;

    private final long end;
    private final long started;
    private @Nullable PublishedUpdate latest;
    private boolean collapsing;

    /**
     * @param end offset at which the topic ended when the job was started; 0 where there is no history to collapse
     * @param restored the newest update that is known already
     */
    UpdateHistory(long end, @Nullable PublishedUpdate restored, long now) {
        this.end = end;
        this.latest = restored;
        this.collapsing = restored == null && end > 0;
        this.started = now;
    }

    /**
     * Reads one record.
     *
     * @param model name of the model that the job serves
     * @return the update to ask for, or null
     */
    @Nullable
    PublishedUpdate read(PublishedUpdate record, String model) {
        boolean isNewer = latest == null || record.offset() > latest.offset();
        ModelUpdate update = record.update();
        boolean isOurs = update != null && update.name().equals(model) && isNewer;
        if (isOurs) {
            latest = record;
        }
        if (!collapsing) {
            return isOurs ? record : null;
        }
        if (record.offset() < end - 1) {
            return null;
        }
        collapsing = false;
        return latest;
    }

    /**
     * Why an update can never be served, though whoever published it is waiting: it lies before the newest known one and was
     * published after it, so the topic was made anew, and its offsets begin again. Null for every other record, those among
     * them that come once more after a restore.
     *
     * @param model name of the model that the job serves
     */
    @Nullable
    String refusal(PublishedUpdate record, String model) {
        ModelUpdate update = record.update();
        PublishedUpdate newest = latest;
        if (newest == null || update == null || !update.name().equals(model) || record.offset() > newest.offset()) {
            return null;
        }
        ModelUpdate known = newest.update();
        return known != null && update.publishedAt().isAfter(known.publishedAt())
                ? "its offset " + record.offset() + " is not beyond that of the newest update known to this job, "
                        + newest.offset() + ", so the topic was made anew; stop the job with --drain and start it"
                        + " without its state, or publish until the offsets have passed " + newest.offset()
                : null;
    }

    /** To be called now and then; returns the update to ask for where the history's end did not come, or null. */
    @Nullable
    PublishedUpdate waited(long now) {
        if (!collapsing || now - started < GRACE_MILLIS) {
            return null;
        }
        collapsing = false;
        return latest;
    }

    /** The newest update of the job's model, or null before the first. */
    @Nullable
    PublishedUpdate latest() {
        return latest;
    }
}
