package io.alexstream.serving;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What became of models in this process, in order, for each subtask to read at its own pace. Bounded: a subtask that has not
 * read for so many events is told of the newest. Safe for concurrent use: guarded by this object's lock.
 */
final class ModelEvents {

    /** A subtask reads ten times a second; a storm of updates has as many events as updates. */
    private static final int KEPT = 1000;

    private final Deque<ModelEvent> newest = new ArrayDeque<>();
    private long end;

    synchronized void add(ModelEvent event) {
        newest.add(event);
        end++;
        if (newest.size() > KEPT) {
            newest.remove();
        }
    }

    /** How many there have been: where a reader begins that wants none of the past. */
    synchronized long end() {
        return end;
    }

    /** Those after the first {@code seen}. */
    synchronized List<ModelEvent> since(long seen) {
        if (seen >= end) {
            return List.of();
        }
        long unseen = Math.min(end - seen, newest.size());
        return newest.stream().skip(newest.size() - unseen).toList();
    }
}
