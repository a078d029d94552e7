package io.alexstream.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A few of many, each with the same chance (Vitter's algorithm R). Confined to one thread. */
final class Sample<T> {

    private final int size;
    private final SplittableRandom random = new SplittableRandom(1);
    private final List<T> kept = new ArrayList<>();
    private long seen;

    Sample(int size) {
        this.size = size;
    }

    void offer(T element) {
        seen++;
        if (kept.size() < size) {
            kept.add(element);
            return;
        }
        long place = random.nextLong(seen);
        if (place < size) {
            kept.set((int) place, element);
        }
    }

    List<T> kept() {
        return List.copyOf(kept);
    }

    long seen() {
        return seen;
    }
}
