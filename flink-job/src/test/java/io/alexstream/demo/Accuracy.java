package io.alexstream.demo;

import io.alexstream.model.stream.StreamEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each version of the model was right, over pictures whose class is known, each counted once. Confined to one thread. */
final class Accuracy {

    private final Map<String, String> truths;
    private final Map<Integer, Map<String, Boolean>> byVersion = new TreeMap<>();

    /** @param truths the class of each picture, by its name */
    Accuracy(Map<String, String> truths) {
        this.truths = Map.copyOf(truths);
    }

    void add(StreamEvent.Classified event) {
        String truth = truths.get(event.id());
        if (truth != null) {
            byVersion
                    .computeIfAbsent(event.modelVersion(), version -> new HashMap<>())
                    .put(event.id(), truth.equals(event.top().label()));
        }
    }

    /** Those that were asked, rising. */
    List<Integer> versions() {
        return List.copyOf(byVersion.keySet());
    }

    /** Pictures that there are. */
    int pictures() {
        return truths.size();
    }

    /** Pictures that this version was asked about. */
    int asked(int version) {
        return byVersion.getOrDefault(version, Map.of()).size();
    }

    /** Pictures that it was right about. */
    int right(int version) {
        return (int) byVersion.getOrDefault(version, Map.of()).values().stream()
                .filter(isRight -> isRight)
                .count();
    }

    /** 0 to 1; 0 where it was asked about none. */
    double share(int version) {
        return right(version) / (double) Math.max(1, asked(version));
    }
}
