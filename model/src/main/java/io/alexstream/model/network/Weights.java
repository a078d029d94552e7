package io.alexstream.model.network;

/**
 * Where the values of a network's parameters come from. Read as streams, so that 250 MB of weights are never held twice.
 */
public interface Weights {

    /** Starts reading one parameter from its first value; each call is a fresh start. */
    ValueStream open(Parameter parameter);

    /** The values of one parameter, row by row. Confined to the thread that opened it. */
    interface ValueStream {

        /** Gives the next {@code count} values in {@code into[0..count)}. */
        void next(float[] into, int count);
    }
}
