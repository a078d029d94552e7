package io.alexstream.model.export;

/** Told how a long step goes on. Called on the working thread, often; implementations thin out what they show. */
@FunctionalInterface
public interface Progress {

    /** Tells nobody. */
    Progress NONE = (step, done, total) -> {};

    /**
     * @param step what is being done, in a few words
     * @param done units done, up to {@code total}
     */
    void report(String step, long done, long total);
}
