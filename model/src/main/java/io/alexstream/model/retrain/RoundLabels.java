package io.alexstream.model.retrain;

import io.alexstream.model.data.LabelledImages;

/** Where the labelled images of a round come from. */
public interface RoundLabels {

    /**
     * All that is known now.
     *
     * @throws io.alexstream.model.stream.StreamException where the brokers do not answer
     */
    LabelledImages read();
}
