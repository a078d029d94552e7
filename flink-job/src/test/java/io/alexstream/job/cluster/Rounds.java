package io.alexstream.job.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/**
 * A job's way through one fault after another, and its accounts when it was stopped in the end.
 *
 * @param images that went in
 * @param results different images that a committed record answers
 * @param doubled committed records beyond the first for one image
 */
record Rounds(List<Round> played, long images, long results, int doubled, Map<String, Integer> deadLetters) {

    /** Submits the job with all slots of two TaskManagers, lets the faults strike under load, and stops the job. */
    static Rounds play(Ground ground, List<Fault> faults) throws Exception {
        List<Round> played = new ArrayList<>();
        DeployedJob job = ground.job();
        String servers = ground.cluster().broker().bootstrapServers();
        try (Load load = new Load(servers, job.topic("images"), ground.cluster().imageServer())) {
            load.begin();
            job.submit(2 * FlinkCluster.SLOTS);
            // A JobManager that is killed first must leave one behind.
            job.awaitCheckpoint();
            for (Fault fault : faults) {
                Round round = Round.play(fault, ground);
                played.add(round);
                System.out.println(played.size() + ": " + round);
            }
        }
        Accounts accounts = job.accounts();
        Map<TopicPartition, Long> inputs = accounts.inputs();
        job.awaitAnswers(inputs);
        job.stop();
        if (!accounts.openTransactions().isEmpty()) {
            throw new AssertionError("after the end a transaction is open in " + accounts.openTransactions());
        }
        accounts.readToEnd();
        if (!accounts.faults().isEmpty()) {
            throw new AssertionError("after the end: " + accounts.faults());
        }
        return new Rounds(
                played,
                inputs.values().stream().mapToLong(Long::longValue).sum(),
                accounts.answered(),
                accounts.duplicates(),
                accounts.deadLetters());
    }

    /** One line for each kind of fault, and one for the accounts. */
    String table() {
        Map<Fault, List<Duration>> durations = new TreeMap<>();
        for (Round round : played) {
            durations
                    .computeIfAbsent(round.fault(), unused -> new ArrayList<>())
                    .add(round.duration());
        }
        StringBuilder table = new StringBuilder("| Fault | Rounds | Seconds until all is well: median | longest |\n"
                + "| --- | ---: | ---: | ---: |\n");
        durations.forEach((fault, all) -> {
            List<Duration> sorted = all.stream().sorted().toList();
            table.append("| %s | %d | %d | %d |%n"
                    .formatted(
                            fault,
                            sorted.size(),
                            sorted.get(sorted.size() / 2).toSeconds(),
                            sorted.get(sorted.size() - 1).toSeconds()));
        });
        return table.append("%nimages %d, results %d, lost %d, doubled %d, dead letters %s"
                        .formatted(images, results, images - results, doubled, deadLetters))
                .toString();
    }
}
