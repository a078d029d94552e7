package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of models in this process, in order, for each subtask to read at its own pace. Bounded: a subtask that has not
 * read for so many events is told of the newest. Safe for concurrent use: guarded by this object's lock.
 */
final class ModelEvents {

    /** A subtask reads ten times a second; a storm of updates has as many events as updates. */
    private static final int KEPT = 1000;

    /** Room for a path or two; a status is far from any limit of its topic then. */
    private static final int MAX_REASON = 1000;

    private static final Pattern CREDENTIALS = Pattern.compile("//[^/@\\s]*@");

    private static final Logger LOG = LoggerFactory.getLogger(ModelEvents.class);

    private final InstantSource wallClock;
    private final Deque<ModelEvent> newest = new ArrayDeque<>();
    private long end;

    ModelEvents(InstantSource wallClock) {
        this.wallClock = wallClock;
    }

    /** Adds an event and logs it. */
    ModelEvent tell(
            State state,
            ModelRef model,
            @Nullable UpdatePosition update,
            @Nullable ServedModel loaded,
            @Nullable String reason) {
        ModelEvent event = make(state, model, update, loaded, reason);
        add(event);
        log(event);
        return event;
    }

    /** An event of now. */
    ModelEvent make(
            State state,
            ModelRef model,
            @Nullable UpdatePosition update,
            @Nullable ServedModel loaded,
            @Nullable String reason) {
        return new ModelEvent(
                state,
                model,
                update,
                loaded == null ? null : loaded.executionProvider(),
                loaded == null ? null : loaded.times(),
                reason == null ? null : presentable(reason),
                wallClock.instant());
    }

    /** A reason quotes what is in an update, at any length and with whatever its author put into a URI. */
    private static String presentable(String reason) {
        String safe = CREDENTIALS.matcher(reason).replaceAll("//***@");
        return safe.length() <= MAX_REASON ? safe : safe.substring(0, MAX_REASON) + "…";
    }

    /** Once a process; each subtask reports it for itself besides. */
    void log(ModelEvent event) {
        switch (event.state()) {
            case LOADING -> LOG.info("Loading model {}", event.model());
            case ACTIVE ->
                LOG.info(
                        "Model {} serves on {} ({})",
                        event.model(),
                        event.executionProvider(),
                        event.times() == null ? "" : event.times().text());
            case REJECTED -> LOG.warn("Model {} was rejected: {}", event.model(), event.reason());
            case RETIRED -> LOG.info("Model {} is retired", event.model());
        }
    }

    private synchronized void add(ModelEvent event) {
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

    /** Those after the first {@code seen}, as far as they are kept. */
    synchronized ModelSwapper.News since(long seen) {
        long unseen = Math.min(Math.max(0, end - seen), newest.size());
        return new ModelSwapper.News(
                newest.stream().skip(newest.size() - unseen).toList(), end);
    }
}
