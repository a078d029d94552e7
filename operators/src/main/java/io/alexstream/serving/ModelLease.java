package io.alexstream.serving;

/**
 * Keeps a version open while a subtask pins elements to it: between the stamp and the queue an element holds no lease of its
 * own yet. Confined to the subtask's thread.
 */
public final class ModelLease implements AutoCloseable {

    private final ServedModel model;
    private final ServedVersion version;
    private boolean closed;

    /** Takes a lease over. */
    ModelLease(ServedModel model, ServedVersion version) {
        this.model = model;
        this.version = version;
    }

    public ServedVersion version() {
        return version;
    }

    /** Ends the lease; further calls do nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            model.release();
        }
    }
}
