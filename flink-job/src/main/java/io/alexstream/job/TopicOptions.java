package io.alexstream.job;

import io.alexstream.job.kafka.KafkaTopics;
import io.alexstream.job.kafka.ModelTopics;
import io.alexstream.job.kafka.StartingOffsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/** Reads the topics that were asked for; no two may be one. */
final class TopicOptions {

    private TopicOptions() {}

    /** @param problems gets one line for each mistake */
    static KafkaTopics read(OptionReader options, Configuration configuration, List<String> problems) {
        KafkaTopics topics = new KafkaTopics(
                options.topic(JobOptions.IMAGES_TOPIC),
                options.text(JobOptions.GROUP_ID),
                options.choice(JobOptions.STARTING_OFFSETS, StartingOffsets.class),
                options.topic(JobOptions.CLASSIFICATIONS_TOPIC),
                options.topic(JobOptions.DEAD_LETTERS_TOPIC),
                models(options, configuration));
        Map<String, ConfigOption<String>> taken = new LinkedHashMap<>();
        take(JobOptions.IMAGES_TOPIC, topics.images(), taken, problems);
        take(JobOptions.CLASSIFICATIONS_TOPIC, topics.classifications(), taken, problems);
        take(JobOptions.DEAD_LETTERS_TOPIC, topics.deadLetters(), taken, problems);
        if (topics.models().areFollowed()) {
            take(JobOptions.MODEL_UPDATES_TOPIC, topics.models().updates(), taken, problems);
            take(JobOptions.MODEL_STATUS_TOPIC, topics.models().status(), taken, problems);
        }
        return topics;
    }

    /** Without updates there is nothing to report, whatever the option says. */
    private static ModelTopics models(OptionReader options, Configuration configuration) {
        return configuration.get(JobOptions.MODEL_UPDATES_TOPIC).isEmpty()
                ? ModelTopics.none()
                : new ModelTopics(
                        options.topic(JobOptions.MODEL_UPDATES_TOPIC), options.topic(JobOptions.MODEL_STATUS_TOPIC));
    }

    private static void take(
            ConfigOption<String> option, String topic, Map<String, ConfigOption<String>> taken, List<String> problems) {
        ConfigOption<String> other = taken.putIfAbsent(topic, option);
        // An empty name has been reported as such.
        if (other != null && !topic.isEmpty()) {
            problems.add(option.key() + ": must not be " + other.key() + ", was '" + topic + "'");
        }
    }
}
