package io.alexstream.job.cluster;

import io.alexstream.contract.ModelRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What one fault did to the accounts.
 *
 * @param images in the images topic when the round ended
 * @param duration from the update before the fault until the new version served alone
 */
record Round(Fault fault, long images, int duplicates, Duration duration) {

    /**
     * Lets a fault strike, and waits until every image that came before it healed is answered and the new version alone
     * classifies.
     *
     * @throws AssertionError where an image is lost or doubled, or the job does not recover in time
     */
    static Round play(Fault fault, Ground ground) throws Exception {
        long start = System.nanoTime();
        ModelRef model = fault.strike(ground);
        Accounts accounts = ground.job().accounts();
        ground.job().awaitAnswers();
        Patience.until(
                "version " + model.version() + " classifies alone after " + fault,
                () -> versionsNow(ground).equals(List.of(model.version())),
                () -> "dead letters so far: " + accounts.deadLetters());
        if (!accounts.faults().isEmpty()) {
            throw new AssertionError("after " + fault + ": " + accounts.faults());
        }
        long images =
                accounts.inputs().values().stream().mapToLong(Long::longValue).sum();
        return new Round(fault, images, accounts.duplicates(), Duration.ofNanos(System.nanoTime() - start));
    }

    /** The versions that classify what is sent from now on, for long enough to see each subtask. */
    static List<Integer> versionsNow(Ground ground) throws Exception {
        Accounts accounts = ground.job().accounts();
        Map<TopicPartition, Long> from = accounts.inputs();
        Patience.until(
                "images are sent",
                () -> accounts.inputs().entrySet().stream()
                        .allMatch(input -> input.getValue() >= from.get(input.getKey()) + 10),
                () -> "in the topic are " + accounts.inputs());
        Map<TopicPartition, Long> to = accounts.inputs();
        ground.job().awaitAnswers(to);
        return accounts.versions(from, to);
    }
}
