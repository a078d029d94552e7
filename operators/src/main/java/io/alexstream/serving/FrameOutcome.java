package io.alexstream.serving;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.Stage;
import java.time.Instant;
import java.util.List;

/** What became of one image: always a value, never an exception. */
public sealed interface FrameOutcome {

    /** @param model the version that answered, which need not be the one the frame was pinned to if that one is gone */
    record Predicted(ModelRef model, List<Prediction> predictions, Instant at) implements FrameOutcome {}

    /** @param exceptionClass what was thrown, for those who look into it */
    record Rejected(DeadLetterReason reason, Stage stage, String exceptionClass, String message)
            implements FrameOutcome {}
}
