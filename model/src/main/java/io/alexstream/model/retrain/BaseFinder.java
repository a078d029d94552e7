package io.alexstream.model.retrain;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.rollout.StatusTopic;
import io.alexstream.model.rollout.UpdateOutcome;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds what is served. Immutable; each search has a consumer of its own. */
public final class BaseFinder {

    private final KafkaAccess kafka;
    private final String updatesTopic;
    private final String statusTopic;
    private final PackageRepository repository;
    private final String name;

    public BaseFinder(
            KafkaAccess kafka, String updatesTopic, String statusTopic, PackageRepository repository, String name) {
        this.kafka = kafka;
        this.updatesTopic = updatesTopic;
        this.statusTopic = statusTopic;
        this.repository = repository;
        this.name = name;
    }

    /**
     * The newest update of the model that jobs have not rejected; where nothing was ever published, the highest version in the
     * repository, with which jobs were started then.
     *
     * @throws io.alexstream.model.stream.StreamException where the brokers do not answer
     * @throws PublishException where there is neither
     */
    public Base find() throws IOException {
        List<PublishedUpdate> updates = updates();
        if (updates.isEmpty()) {
            return highest();
        }
        UpdatePosition newest = updates.get(updates.size() - 1).position();
        List<UpdateOutcome> outcomes = new ArrayList<>(UpdateOutcome.of(updates, statuses()));
        Collections.reverse(outcomes);
        for (UpdateOutcome outcome : outcomes) {
            String uri = outcome.uri();
            if (uri != null && !isRejected(outcome)) {
                return new Base(ref(updates, outcome), newest);
            }
            // The compacted topic forgets an update when the next one comes; who served it remembers its version.
            if (uri == null && outcome.active() > 0) {
                return new Base(identify(outcome.version()), newest);
            }
        }
        throw new PublishException("every update of " + name + " that is known was rejected, the newest one since "
                + outcomes.get(0).reason()
                + "; 'model rollback' or 'model publish' gives jobs one that they can serve");
    }

    /** No job serves what one has refused and none has ever served. */
    private static boolean isRejected(UpdateOutcome outcome) {
        return outcome.rejected() > 0 && outcome.active() == 0;
    }

    private static ModelRef ref(List<PublishedUpdate> updates, UpdateOutcome of) {
        return updates.stream()
                .filter(published -> published.position().equals(new UpdatePosition(of.partition(), of.offset())))
                .map(PublishedUpdate::update)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow()
                .modelRef();
    }

    private Base highest() throws IOException {
        List<Integer> versions = repository.versions(name);
        if (versions.isEmpty()) {
            throw new PublishException("topic " + updatesTopic + " has no update of " + name
                    + ", and the repository no version of it; 'model publish' gives it a first one");
        }
        return new Base(identify(versions.get(versions.size() - 1)), null);
    }

    private ModelRef identify(int version) throws IOException {
        return new ModelRepository().identify(repository.uriOf(name, version));
    }

    private List<PublishedUpdate> updates() {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic)) {
            return updates.history(name);
        }
    }

    private List<ModelStatus> statuses() {
        try (StatusTopic statuses = new StatusTopic(kafka, statusTopic)) {
            return statuses.readToEnd().stream()
                    .filter(status -> status.name().equals(name))
                    .toList();
        }
    }

    /** Whether the newest update is still the one that the base was found by. */
    public boolean isStillNewest(Base base) {
        PublishedUpdate newest = newest();
        return base.isNewest(newest);
    }

    private @Nullable PublishedUpdate newest() {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic)) {
            return updates.newest(name);
        }
    }
}
