package io.alexstream.model.retrain;

import io.alexstream.model.stream.StreamException;
import io.alexstream.model.stream.TopicExtent;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A round whenever so many labels have come since the last one began; those that are there at the start count. */
public final class EveryLabels implements Trigger {

    private final long labels;
    private final Supplier<TopicExtent> topic;
    private final Duration look;
    private final Duration retry;
    private final Consumer<String> say;
    private long seen = -1;
    private long seenBefore = -1;
    private boolean again;
    private boolean silent;

    /**
     * @param topic how far the topic of labels is now
     * @param look how often to ask the brokers
     * @param retry how long after a round that failed the next one begins, with the same labels
     * @param say is told once when they do not answer, and once when they do again
     */
    public EveryLabels(long labels, Supplier<TopicExtent> topic, Duration look, Duration retry, Consumer<String> say) {
        this.labels = labels;
        this.topic = topic;
        this.look = look;
        this.retry = retry;
        this.say = say;
    }

    @Override
    public boolean awaitNext(StopSignal stop) {
        if (again && !stop.sleep(retry)) {
            return false;
        }
        again = false;
        do {
            if (isTime()) {
                return !stop.isStopped();
            }
        } while (stop.sleep(look));
        return false;
    }

    @Override
    public void failed() {
        seen = seenBefore;
        again = true;
    }

    private boolean isTime() {
        TopicExtent now;
        try {
            now = topic.get();
        } catch (StreamException e) {
            if (!silent) {
                say.accept("cannot count labels, trying on: " + e.getMessage());
            }
            silent = true;
            return false;
        }
        if (silent) {
            silent = false;
            say.accept("counting labels again");
        }
        if (seen < 0 || now.end() < seen) {
            seen = now.begin(); // the first look, or the topic was made anew
        }
        if (now.end() - seen < labels) {
            return false;
        }
        seenBefore = seen;
        seen = now.end();
        return true;
    }
}
