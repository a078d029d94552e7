package io.alexstream.inference;

/**
 * The answers to one batch. Owns its arrays; the caller may keep it.
 *
 * @param count frames in the batch
 * @param k predictions a frame
 * @param probabilities count x k values, one frame after another, falling within a frame
 * @param classes the class of each probability
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of two arrays, never compared
public record TopK(int count, int k, float[] probabilities, long[] classes) {

    public TopK {
        if (probabilities.length != count * k || classes.length != count * k) {
            throw new IllegalArgumentException("expected " + count + " x " + k + " values, had " + probabilities.length
                    + " probabilities and " + classes.length + " classes");
        }
    }
}
