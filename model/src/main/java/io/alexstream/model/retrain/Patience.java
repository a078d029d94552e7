package io.alexstream.model.retrain;

import io.alexstream.model.stream.StreamException;
import io.alexstream.serving.ModelLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Insists while brokers, the repository or images do not answer: a restart must not cost what a round has learnt. Confined to one
 * thread.
 */
public final class Patience {

    private final Duration most;
    private final Duration pause;
    private final LongSupplier nanoTime;
    private final StopSignal stop;
    private final Consumer<String> say;

    /**
     * @param most how long to try
     * @param pause between two tries
     * @param nanoTime {@code System::nanoTime}
     * @param say is told once an insistence why it is needed
     */
    public Patience(Duration most, Duration pause, LongSupplier nanoTime, StopSignal stop, Consumer<String> say) {
        this.most = most;
        this.pause = pause;
        this.nanoTime = nanoTime;
        this.stop = stop;
        this.say = say;
    }

    /** What may fail for a while. */
    public interface Work<T> {

        T get() throws IOException;
    }

    /**
     * Tries again and again; other failures are the caller's at once.
     *
     * @throws StreamException the last one, where the time is over or all is to stop
     * @throws IOException likewise
     * @throws ModelLoadException likewise, and at once where trying again cannot help
     */
    public <T> T insist(Work<T> work) throws IOException {
        long begin = nanoTime.getAsLong();
        boolean said = false;
        while (true) {
            try {
                return work.get();
            } catch (StreamException | IOException | ModelLoadException e) {
                if (e instanceof ModelLoadException load && load.isPermanent()) {
                    throw e;
                }
                boolean isOver = nanoTime.getAsLong() - begin >= most.toNanos();
                if (isOver || stop.isStopped()) {
                    throw e;
                }
                if (!said) {
                    say.accept("trying on for " + most.toSeconds() + " s: " + e.getMessage());
                    said = true;
                }
                if (!stop.sleep(pause)) {
                    throw e;
                }
            }
        }
    }
}
