package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.model.publish.CheckedPackage;
import io.alexstream.model.publish.PackageCheck;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.PublishException;
import io.alexstream.model.publish.WorkFolder;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.retrain.Base;
import io.alexstream.model.retrain.Patience;
import io.alexstream.model.retrain.Shipment;
import io.alexstream.model.rollout.UpdatesTopic;
import io.alexstream.model.stream.KafkaAccess;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;

/** Ships a round's candidate as {@code publish --wait} does. */
final class RoundShipment implements Shipment {

    private final KafkaAccess kafka;
    private final RolloutOptions.Checked options;
    private final PackageRepository repository;
    private final Patience patience;
    private final Terminal err;

    RoundShipment(
            KafkaAccess kafka,
            RolloutOptions.Checked options,
            PackageRepository repository,
            Patience patience,
            Terminal err) {
        this.kafka = kafka;
        this.options = options;
        this.repository = repository;
        this.patience = patience;
        this.err = err;
    }

    @Override
    public Shipped ship(WrittenPackage candidate, Base base) throws IOException {
        try (WorkFolder work = new WorkFolder()) {
            CheckedPackage checked =
                    PackageCheck.onCpu().check(candidate.ref().uri(), work.path(), new StepProgress(err));
            ModelRef ref = patience.insist(() -> placed(checked, base.ref().version() + 1));
            return patience.insist(() -> sent(ref, base));
        }
    }

    private ModelRef placed(CheckedPackage checked, int least) throws IOException {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            return new Placement(repository, updates::newest, false, err).place(checked, least);
        }
    }

    /** Where only the answer to a first try was lost, the update is there; where somebody else published since, theirs stays. */
    private Shipped sent(ModelRef ref, Base base) {
        // Standard output is for what came of the round.
        UpdateSender sender = new UpdateSender(err, err, false, options);
        try (UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            PublishedUpdate newest = updates.newest(ref.name());
            ModelUpdate update = newest == null ? null : newest.update();
            if (newest != null && update != null && update.modelRef().equals(ref)) {
                return new Shipped(ref, sender.await(kafka, newest) == 0);
            }
            if (!base.isNewest(newest)) {
                throw new PublishException("another version was published meanwhile; the candidate lies at " + ref.uri()
                        + " and is not served");
            }
            return new Shipped(ref, sender.send(kafka, updates, ref) == 0);
        }
    }
}
