package io.alexstream.model.data;

import io.alexstream.contract.ImageLabel;
import io.alexstream.model.stream.LabelTopic;
import java.util.ArrayList;
import java.util.List;

/** The labels of a Kafka topic as labelled images: one an image, which its URI tells apart; the latest label wins. */
public final class TopicLabels {

    private TopicLabels() {}

    /**
     * Takes over what was read.
     *
     * @param allowedUris what may be fetched: other people write such topics
     */
    public static LabelledImages of(LabelTopic topic, List<String> allowedUris) {
        List<LabelledImage> images = new ArrayList<>();
        List<String> notes = new ArrayList<>(LabelledImages.few(topic.unreadable()));
        int empty = 0;
        for (ImageLabel label : topic.labels()) {
            if (label.label().isBlank()) {
                empty++;
            } else {
                images.add(new LabelledImage(
                        label.uri(), label.uri(), label.label().strip()));
            }
        }
        if (empty > 0) {
            notes.add(empty + " labels are empty and were left out");
        }
        List<String> problems = images.isEmpty() ? List.of("the topic of labels is empty") : List.of();
        return new LabelledImages(LabelledImages.latest(images), allowedUris, problems, notes);
    }
}
