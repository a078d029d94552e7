package io.alexstream.model.retrain;

import io.alexstream.model.stream.StreamException;
import java.time.Duration;
import java.util.function.Consumer;

/** A round whenever so many labels have come since the last one began; those that are there at the start count. */
public final class EveryLabels implements Trigger {

    /** How many labels have ever come. */
    public interface Count {

        /** @throws StreamException where the brokers do not answer */
        Progress now();
    }

    /**
     * How far a topic is.
     *
     * @param begin records that are there no more
     * @param end all records that ever were
     */
    public record Progress(long begin, long end) {}

    private final long labels;
    private final Count count;
    private final Duration look;
    private final Consumer<String> say;
    private long seen = -1;
    private boolean silent;

    /**
     * @param look how often to ask the brokers
     * @param say is told once when they do not answer, and once when they do again
     */
    public EveryLabels(long labels, Count count, Duration look, Consumer<String> say) {
        this.labels = labels;
        this.count = count;
        this.look = look;
        this.say = say;
    }

    @Override
    public boolean awaitNext(StopSignal stop) {
        do {
            if (isTime()) {
                return !stop.isStopped();
            }
        } while (stop.sleep(look));
        return false;
    }

    private boolean isTime() {
        Progress now;
        try {
            now = count.now();
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
        seen = now.end();
        return true;
    }
}
