package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Which version this process serves. An update is loaded while the current version goes on; one write then makes it current,
 * and the old version closes, on a thread of its own, when its last lease ends. Whatever fails leaves the current version as it is. Of several updates
 * the newest wins: it overtakes one that waits or loads.
 *
 * <p>Safe for concurrent use: every subtask of the process passes on what it reads, and an update counts once. Guarded by
 * this object's lock, but for {@link #serving()}, which each element asks.
 */
public final class ModelSwapper {

    /** Resident versions that a device has room for: the current one, and the one that takes over or is on its way out. */
    private static final int MAX_RESIDENT = 2;

    private final ServedModels models;
    private final ModelEvents events;

    private volatile @Nullable Serving serving;
    private @Nullable UpdatePosition newest;
    private @Nullable Candidate next;
    private @Nullable Candidate loading;
    private final Map<ServedModel, ServedVersion> retiring = new HashMap<>();
    private final Refusals refusals = new Refusals();

    ModelSwapper(ServedModels models, InstantSource wallClock) {
        this.models = models;
        this.events = new ModelEvents(wallClock);
        models.onClosed(this::closed);
    }

    /** Makes the first version current; to be called once, before everything else. */
    synchronized void begin(ServedModel model, @Nullable UpdatePosition update) {
        newest = update;
        serving = new Serving(model, new ServedVersion(model.ref(), update));
        events.log(events.make(State.ACTIVE, model.ref(), update, model, null));
    }

    /** Remembers a version that was served before a restore and cannot be any more; each subtask begins with saying so. */
    synchronized void refused(ModelRef model, @Nullable UpdatePosition update, String reason) {
        ModelEvent event = events.make(State.REJECTED, model, update, null, reason);
        refusals.restored(event);
        events.log(event);
    }

    /** What is served now; {@link ServingRuntime#begin} must have returned. Changes by one write. */
    public ServedVersion serving() {
        return current().version();
    }

    /** A lease on what is served now; the caller closes it. */
    public ModelLease lease() {
        Serving now = leased();
        return new ModelLease(now.model(), now.version());
    }

    /** As {@link #lease()}, for a frame; released with it. */
    ServedModel leaseModel() {
        return leased().model();
    }

    private Serving leased() {
        while (true) {
            Serving now = current();
            if (now.model().tryLease()) {
                return now;
            }
            if (now == serving) {
                throw new IllegalStateException("the runtime is closed");
            }
        }
    }

    @Nullable
    ServedModel modelIfAny() {
        Serving now = serving;
        return now == null ? null : now.model();
    }

    private Serving current() {
        Serving now = serving;
        if (now == null) {
            throw new IllegalStateException("no model has been loaded yet");
        }
        return now;
    }

    /**
     * Asks for another version; returns at once. An update that is not newer than all before it changes nothing.
     *
     * @param update one that holds an update
     * @return completes when the update is served, rejected or overtaken, on whatever thread brings that about
     */
    public CompletableFuture<Void> request(PublishedUpdate update) {
        ModelUpdate content = update.update();
        if (content == null) {
            throw new IllegalArgumentException("the record holds no update");
        }
        Candidate candidate = new Candidate(content.modelRef(), update.position());
        synchronized (this) {
            if (newest != null && !ServedVersion.isBefore(newest, update.position())) {
                return pending();
            }
            newest = update.position();
            Candidate overtaken = next;
            next = candidate;
            if (overtaken != null) {
                reject(overtaken, overtakenBy(candidate));
            }
            if (loading != null) {
                loading.abandonment.abandon();
            }
            if (!isServed(candidate)) {
                // Told now, also where it has to wait for room: whoever published it hears that the job knows of it.
                events.tell(State.LOADING, candidate.model, candidate.position, null, null);
            }
            proceed();
        }
        return candidate.settled;
    }

    /**
     * Says that an update will not be served, for a reason that lies outside the process. Once, however many subtasks pass it
     * on.
     *
     * @param update one that holds an update
     */
    public synchronized void refuse(PublishedUpdate update, String reason) {
        ModelUpdate content = update.update();
        if (content != null && refusals.isNew(update)) {
            refusals.unasked(events.tell(State.REJECTED, content.modelRef(), update.position(), null, reason));
        }
    }

    /** When what is under way now is settled; for whoever passes on an update that is known already. */
    private CompletableFuture<Void> pending() {
        if (next != null) {
            return next.settled;
        }
        return loading == null ? CompletableFuture.completedFuture(null) : loading.settled;
    }

    /** Whether this update was refused, and no other has become current since. */
    synchronized boolean hasRefused(UpdatePosition update) {
        return refusals.contains(update);
    }

    /** Begins with what waits, if it can; called under the lock. */
    private void proceed() {
        Candidate candidate = next;
        if (candidate == null) {
            return;
        }
        if (isServed(candidate)) {
            next = null;
            ServedModel model = current().model();
            String refusal = otherThanAnnounced(candidate.model, model.ref());
            if (refusal == null) {
                serve(candidate, model);
            } else {
                reject(candidate, refusal);
            }
        } else if (loading == null && hasRoom(candidate)) {
            next = null;
            loading = candidate;
            models.take(candidate.model, candidate.abandonment)
                    .whenComplete((model, failure) -> loaded(candidate, model, failure));
        }
    }

    private boolean isServed(Candidate candidate) {
        return candidate.model.sha256().equals(current().model().ref().sha256());
    }

    /** One that is open still, on its way out, needs no room of its own. */
    private boolean hasRoom(Candidate candidate) {
        return models.owned() < MAX_RESIDENT || models.isOpen(candidate.model);
    }

    private void loaded(Candidate candidate, @Nullable ServedModel model, @Nullable Throwable failure) {
        synchronized (this) {
            ServedModel unwanted;
            loading = null;
            String refusal = refusal(candidate, model, failure);
            if (model != null && refusal == null) {
                unwanted = flip(candidate, model);
            } else {
                unwanted = model;
                reject(candidate, refusal);
            }
            if (unwanted != null) {
                unwanted.retire();
            }
            proceed();
        }
    }

    /** Returns the version that was served until now. */
    private ServedModel flip(Candidate candidate, ServedModel model) {
        Serving old = current();
        // On its way out already, where one goes back to it.
        retiring.remove(model);
        retiring.put(old.model(), old.version());
        serve(candidate, model);
        return old.model();
    }

    /** Why what was loaded, or was not, does not become current; null where it does. */
    private @Nullable String refusal(Candidate candidate, @Nullable ServedModel model, @Nullable Throwable failure) {
        if (next != null) {
            return overtakenBy(next);
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (candidate.abandonment.isAbandoned() && (cause == null || cause instanceof Abandonment.AbandonedException)) {
            return "overtaken by version " + current().model().ref().version() + ", which is served already";
        }
        if (cause != null) {
            return oneLine(cause);
        }
        return model == null ? "no model was loaded" : otherThanAnnounced(candidate.model, model.ref());
    }

    private static @Nullable String otherThanAnnounced(ModelRef announced, ModelRef found) {
        boolean same = announced.name().equals(found.name()) && announced.version() == found.version();
        return same
                ? null
                : "the package at " + announced.uri() + " is " + found.name() + ":" + found.version()
                        + ", the update says " + announced.name() + ":" + announced.version() + "; publish it again";
    }

    private static String overtakenBy(Candidate newer) {
        return "overtaken by version " + newer.model.version() + " (offset " + newer.position.offset() + ")";
    }

    private static String oneLine(Throwable cause) {
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.lines().findFirst().orElse("");
    }

    private void reject(Candidate candidate, @Nullable String reason) {
        ModelEvent event = events.tell(State.REJECTED, candidate.model, candidate.position, null, reason);
        if (candidate.position.equals(newest)) {
            refusals.newest(event);
        }
        candidate.settled.complete(null);
    }

    /** The one write. */
    private void serve(Candidate candidate, ServedModel model) {
        // By the update's own URI: the same package may have moved, and a restore has to find it.
        serving = new Serving(model, new ServedVersion(candidate.model, candidate.position));
        refusals.clear();
        events.tell(State.ACTIVE, model.ref(), candidate.position, model, null);
        candidate.settled.complete(null);
    }

    /** A model has closed: there is room for the next. */
    private void closed(ServedModel model) {
        synchronized (this) {
            ServedVersion version = retiring.remove(model);
            if (version != null) {
                events.tell(State.RETIRED, version.model(), version.update(), model, null);
            }
            if (serving != null) {
                proceed();
            }
        }
    }

    /** How many events there have been, and what is served after them. */
    public synchronized Standing standing() {
        Serving now = current();
        ServedVersion version = now.version();
        return new Standing(
                events.make(State.ACTIVE, version.model(), version.update(), now.model(), null),
                refusals.all(),
                events.end());
    }

    /** What has become of models since the first {@code seen} events. */
    public News eventsSince(long seen) {
        return events.since(seen);
    }

    /**
     * What a subtask has not read yet.
     *
     * @param events in order
     * @param seen how many it has read with these
     */
    public record News(List<ModelEvent> events, long seen) {}

    /**
     * Where a subtask begins.
     *
     * @param active what is served
     * @param refused since it became current: what was served before a restore and cannot be any more, and the newest updates
     * @param events how many events came before
     */
    public record Standing(ModelEvent active, List<ModelEvent> refused, long events) {}

    private record Serving(ServedModel model, ServedVersion version) {}

    /** An update on its way. */
    private static final class Candidate {

        private final ModelRef model;
        private final UpdatePosition position;
        private final Abandonment abandonment = new Abandonment();
        private final CompletableFuture<Void> settled = new CompletableFuture<>();

        Candidate(ModelRef model, UpdatePosition position) {
            this.model = model;
            this.position = position;
        }
    }
}
