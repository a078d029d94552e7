package io.alexstream.model.cli;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.publish.CheckedPackage;
import io.alexstream.model.publish.PackageCheck;
import io.alexstream.model.publish.PackageRepository;
import io.alexstream.model.publish.WorkFolder;
import io.alexstream.model.publish.WrittenPackage;
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
    public Shipped ship(WrittenPackage candidate, int least) throws IOException {
        try (WorkFolder work = new WorkFolder()) {
            CheckedPackage checked =
                    PackageCheck.onCpu().check(candidate.ref().uri(), work.path(), new StepProgress(err));
            ModelRef ref = patience.insist(() -> placed(checked, least));
            return patience.insist(() -> sent(ref));
        }
    }

    private ModelRef placed(CheckedPackage checked, int least) throws IOException {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            return new Placement(repository, updates, false, err).place(checked, least);
        }
    }

    /** A second update of the same package, where only the answer to the first was lost, changes nothing in the jobs. */
    private Shipped sent(ModelRef ref) {
        try (UpdatesTopic updates = new UpdatesTopic(kafka, options.updatesTopic())) {
            // Standard output is for what came of the round.
            return new Shipped(ref, new UpdateSender(err, err, false, options).send(kafka, updates, ref) == 0);
        }
    }
}
