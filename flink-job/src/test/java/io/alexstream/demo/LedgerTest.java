package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.SourcePosition;
import io.alexstream.model.stream.StreamEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();

    @Test
    void balancesWhereEachInputHasItsAnswer() {
        publish(1, Expected.classification());
        publish(2, Expected.deadLetter(DeadLetterReason.CORRUPT_IMAGE, DeadLetterReason.FETCH_FAILED));
        publish(3, Expected.anything());
        ledger.arrived(classified(1));
        ledger.arrived(dead(2, "FETCH_FAILED"));
        ledger.arrived(dead(3, "IMAGE_TOO_LARGE"));

        assertThat(ledger.isBalanced()).isTrue();
        assertThat(ledger.reasons()).isEqualTo(Map.of("FETCH_FAILED", 1, "IMAGE_TOO_LARGE", 1));
        assertThat(List.of(ledger.publishedCount(), ledger.classified(), ledger.deadLettered(), ledger.answered()))
                .containsExactly(3, 1, 2, 3);
    }

    @Test
    void takesAnswersThatComeBeforeTheAcknowledgement() {
        ledger.arrived(classified(1));
        publish(1, Expected.classification());

        assertThat(ledger.isBalanced()).isTrue();
    }

    @Test
    void noticesADuplicate() {
        publish(1, Expected.classification());
        ledger.arrived(classified(1));
        ledger.arrived(classified(1));

        assertThat(ledger.duplicates()).isOne();
        assertThat(ledger.answered()).isOne();
        assertThat(ledger.isBalanced()).isFalse();
    }

    @Test
    void noticesALossThatADuplicateHides() {
        publish(1, Expected.anything());
        publish(2, Expected.anything());
        ledger.arrived(classified(1));
        ledger.arrived(dead(1, "CORRUPT_IMAGE"));

        assertThat(ledger.publishedCount()).isEqualTo(ledger.classified() + ledger.deadLettered());
        assertThat(ledger.missing()).containsExactly("input-2");
        assertThat(ledger.isBalanced()).isFalse();
    }

    @Test
    void noticesAnAnswerToNothing() {
        publish(1, Expected.classification());
        ledger.arrived(classified(9));

        assertThat(ledger.strangers()).containsExactly("images-0-9");
        assertThat(ledger.isBalanced()).isFalse();
    }

    @Test
    void noticesAnEventThatDoesNotSayWhatItAnswers() {
        publish(1, Expected.classification());
        ledger.arrived(classified(1));
        ledger.arrived(new StreamEvent.Unreadable("classifications-0-5", "not JSON", raw()));

        assertThat(ledger.strangers()).containsExactly("classifications-0-5");
        assertThat(ledger.isBalanced()).isFalse();
    }

    @Test
    void noticesTheWrongAnswer() {
        publish(1, Expected.classification());
        publish(2, Expected.deadLetter(DeadLetterReason.CORRUPT_IMAGE));
        ledger.arrived(dead(1, "FETCH_FAILED"));
        ledger.arrived(classified(2));

        assertThat(ledger.surprises())
                .containsExactly(
                        "input-1: expected a classification, came FETCH_FAILED",
                        "input-2: expected CORRUPT_IMAGE, came a classification");
        assertThat(ledger.isBalanced()).isFalse();
    }

    private void publish(int offset, Expected expected) {
        ledger.published(position(offset), DemoInput.text("input-" + offset, "{}", expected));
    }

    private static StreamEvent classified(int offset) {
        return new StreamEvent.Classified(
                "id",
                "file:///a.jpg",
                "alexnet",
                1,
                List.of(new Prediction("tench", 0, 1)),
                Instant.EPOCH,
                position(offset),
                raw());
    }

    private static StreamEvent dead(int offset, String reason) {
        return new StreamEvent.DeadLettered("id", null, reason, "DECODE", "-", "-", position(offset), raw());
    }

    private static SourcePosition position(int offset) {
        return new SourcePosition("images", 0, offset);
    }

    private static StreamEvent.Raw raw() {
        return new StreamEvent.Raw(new SourcePosition("out", 0, 0), Instant.EPOCH, null, null);
    }
}
