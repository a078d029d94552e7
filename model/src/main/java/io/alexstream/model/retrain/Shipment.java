package io.alexstream.model.retrain;

import io.alexstream.contract.ModelRef;
import io.alexstream.model.publish.WrittenPackage;
import java.io.IOException;

/** Puts a candidate into the repository and live. */
public interface Shipment {

    /**
     * What came of it.
     *
     * @param active whether every job has said that it serves it
     */
    record Shipped(ModelRef ref, boolean active) {}

    /**
     * Returns when the jobs have answered, or too late.
     *
     * @param base what it was compared with; it becomes a higher version
     * @throws io.alexstream.model.publish.PublishException where it may not be published, since another version was meanwhile
     */
    Shipped ship(WrittenPackage candidate, Base base) throws IOException;
}
