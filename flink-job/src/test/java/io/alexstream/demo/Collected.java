package io.alexstream.demo;

import io.alexstream.model.stream.StreamEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the summary needs of the events beside the ledger. Confined to the thread that reads. */
final class Collected {

    /** As many lines as a person reads. */
    private static final int CLASSIFICATIONS = 10;

    /** All bad input of the drawn kind, and as many of the user's. */
    private static final int DEAD_LETTERS = 24;

    private final Sample<StreamEvent.Classified> classifications = new Sample<>(CLASSIFICATIONS);
    private final Sample<StreamEvent.DeadLettered> deadLetters = new Sample<>(DEAD_LETTERS);
    private final Gaps gaps = new Gaps();
    private final Accuracy accuracy;
    private final Map<String, Integer> models = new TreeMap<>();
    private @Nullable Instant last;

    /** @param truths the class of each picture where it is known, by its name */
    Collected(Map<String, String> truths) {
        accuracy = new Accuracy(truths);
    }

    void add(StreamEvent event) {
        if (event instanceof StreamEvent.Classified classified) {
            classifications.offer(classified);
            accuracy.add(classified);
            models.merge(classified.model(), 1, Integer::sum);
            Instant at = classified.classifiedAt();
            if (at != null) {
                gaps.add(at);
                last = last == null || at.isAfter(last) ? at : last;
            }
        } else if (event instanceof StreamEvent.DeadLettered dead) {
            deadLetters.offer(dead);
        }
    }

    Sample<StreamEvent.Classified> classifications() {
        return classifications;
    }

    Sample<StreamEvent.DeadLettered> deadLetters() {
        return deadLetters;
    }

    /** Classifications by {@code name:version}. */
    Map<String, Integer> models() {
        return new TreeMap<>(models);
    }

    /** How right they are, where that is known. */
    Accuracy accuracy() {
        return accuracy;
    }

    /** When they were classified. */
    Gaps gaps() {
        return gaps;
    }

    /** From the first reference sent to the last picture classified; null where none was. */
    @Nullable
    Duration workedSince(Instant firstSent) {
        return last == null ? null : Duration.between(firstSent, last);
    }
}
