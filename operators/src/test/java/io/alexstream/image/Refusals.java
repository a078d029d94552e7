package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a refusal has to be, whatever it is for. */
final class Refusals {

    private Refusals() {}

    /** The call refuses for this reason, in one line of sensible length; returns what it threw. */
    static ImageException assertRefused(DeadLetterReason reason, ThrowingCallable call) {
        ImageException refusal = catchThrowableOfType(ImageException.class, call);
        assertThat(refusal).as("the refusal").isNotNull();
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n", "\r").hasSizeLessThan(600);
        return refusal;
    }

    /** Decoding refuses for this reason, at that stage. */
    static ImageException assertUndecodable(DeadLetterReason reason, byte[] encoded) {
        ImageException refusal =
                assertRefused(reason, () -> Frames.frame(Frames.preprocessor(), encoded, Frames.INPUT_227));
        assertThat(refusal.stage()).isEqualTo(Stage.DECODE);
        return refusal;
    }
}
