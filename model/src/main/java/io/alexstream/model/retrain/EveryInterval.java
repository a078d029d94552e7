package io.alexstream.model.retrain;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A round at once, and then one an interval after the last one began; where that one took longer, at once. */
public final class EveryInterval implements Trigger {

    private final Duration interval;
    private final LongSupplier nanoTime;
    private boolean begun;
    private long last;

    /** @param nanoTime {@code System::nanoTime} */
    public EveryInterval(Duration interval, LongSupplier nanoTime) {
        this.interval = interval;
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean awaitNext(StopSignal stop) {
        if (begun && !stop.sleep(interval.minusNanos(nanoTime.getAsLong() - last))) {
            return false;
        }
        begun = true;
        last = nanoTime.getAsLong();
        return true;
    }
}
