package io.alexstream.model.retrain;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what is served. Immutable; each search has a consumer of its own. */
public final class BaseFinder {

    private final KafkaAccess kafka;
    private final String updatesTopic;
    private final PackageRepository repository;
    private final String name;

    public BaseFinder(KafkaAccess kafka, String updatesTopic, PackageRepository repository, String name) {
        this.kafka = kafka;
        this.updatesTopic = updatesTopic;
        this.repository = repository;
        this.name = name;
    }

    /**
     * The newest update of the model; where nothing was ever published, the highest version in the repository, with which jobs
     * were started then.
     *
     * @throws io.alexstream.model.stream.StreamException where the brokers do not answer
     * @throws PublishException where there is neither
     */
    public Base find() throws IOException {
        PublishedUpdate newest = newest();
        ModelUpdate update = newest == null ? null : newest.update();
        if (newest != null && update != null) {
            return new Base(update.modelRef(), newest.position());
        }
        List<Integer> versions = repository.versions(name);
        if (versions.isEmpty()) {
            throw new PublishException("topic " + updatesTopic + " has no update of " + name
                    + ", and the repository no version of it; 'model publish' gives it a first one");
        }
        ModelRef ref = new ModelRepository().identify(repository.uriOf(name, versions.get(versions.size() - 1)));
        return new Base(ref, null);
    }

    /** Whether the newest update is still the one that the base was found by. */
    public boolean isStillNewest(Base base) {
        PublishedUpdate newest = newest();
        return newest == null ? base.position() == null : newest.position().equals(base.position());
    }

    private @Nullable PublishedUpdate newest() {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, updatesTopic)) {
            return updates.newest(name);
        }
    }
}
