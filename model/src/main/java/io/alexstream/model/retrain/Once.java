package io.alexstream.model.retrain;

/** One round, at once. */
public final class Once implements Trigger {

    private boolean over;

    @Override
    public boolean awaitNext(StopSignal stop) {
        boolean first = !over;
        over = true;
        return first;
    }
}
