package io.alexstream.demo;

import io.alexstream.contract.SourcePosition;
import io.alexstream.model.stream.StreamEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts what went in and what came out, by source position: ids need not be unique. Safe for concurrent use: all methods
 * hold one lock, since the producer's thread and the reader's both write.
 */
final class Ledger {

    private final Map<SourcePosition, DemoInput> published = new HashMap<>();
    /** Reason of the dead letter by source position, or the empty text for a classification. */
    private final Map<SourcePosition, String> answers = new HashMap<>();

    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> strangers = new ArrayList<>();
    private int classified;
    private int deadLettered;
    private int duplicates;

    /** The brokers have the input at that position. */
    synchronized void published(SourcePosition position, DemoInput input) {
        published.put(position, input);
    }

    /** An event was read. */
    synchronized void arrived(StreamEvent event) {
        String reason = "";
        if (event instanceof StreamEvent.Classified) {
            classified++;
        } else if (event instanceof StreamEvent.DeadLettered dead) {
            deadLettered++;
            reason = dead.reason();
            reasons.merge(reason, 1, Integer::sum);
        } else {
            strangers.add(event.id());
            return;
        }
        SourcePosition source = event.source();
        if (source == null) {
            strangers.add(event.id());
        } else if (answers.putIfAbsent(source, reason) != null) {
            duplicates++;
        }
    }

    /** How many inputs have their answer. */
    synchronized int answered() {
        return answers.size();
    }

    synchronized int publishedCount() {
        return published.size();
    }

    synchronized int classified() {
        return classified;
    }

    synchronized int deadLettered() {
        return deadLettered;
    }

    /** Dead letters by reason. */
    synchronized Map<String, Integer> reasons() {
        return new TreeMap<>(reasons);
    }

    /** Events beyond the first for one input. */
    synchronized int duplicates() {
        return duplicates;
    }

    /** Names of inputs without an answer. */
    synchronized List<String> missing() {
        return published.entrySet().stream()
                .filter(entry -> !answers.containsKey(entry.getKey()))
                .map(entry -> entry.getValue().name())
                .sorted()
                .toList();
    }

    /** Events that answer nothing that was published, or do not say what they answer. */
    synchronized List<String> strangers() {
        List<String> all = new ArrayList<>(strangers);
        answers.keySet().stream()
                .filter(position -> !published.containsKey(position))
                .forEach(position -> all.add(position.asId()));
        return all;
    }

    /** One line for every answer of another kind than the input must get. */
    synchronized List<String> surprises() {
        List<String> lines = new ArrayList<>();
        answers.forEach((position, reason) -> {
            DemoInput input = published.get(position);
            String came = reason.isEmpty() ? null : reason;
            if (input != null && !input.expected().allows(came)) {
                lines.add(input.name() + ": expected " + wanted(input.expected()) + ", came " + called(came));
            }
        });
        return lines.stream().sorted().toList();
    }

    private static String wanted(Expected expected) {
        return expected.reasons().isEmpty() ? called(null) : String.join(" or ", expected.reasons());
    }

    private static String called(@Nullable String reason) {
        return reason == null ? "a classification" : reason;
    }

    /** True where every input has exactly one answer, and the right one. */
    synchronized boolean isBalanced() {
        return published.size() == classified + deadLettered
                && duplicates == 0
                && missing().isEmpty()
                && strangers().isEmpty()
                && surprises().isEmpty();
    }
}
