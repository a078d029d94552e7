package io.alexstream.model.network;

/**
 * The weights of a network that got more classes: all old values as they were, and first weights for the rows of the new
 * classes, which come behind the old ones. Immutable.
 */
public final class GrownWeights implements Weights {

    private final Weights old;
    private final Network before;
    private final Network after;
    private final Weights fresh;

    /**
     * @param before what {@code old} are the weights of; the same as {@code after} but for fewer classes
     * @param fresh of {@code after}
     */
    public GrownWeights(Weights old, Network before, Network after, Weights fresh) {
        if (before.classes() > after.classes()) {
            throw new IllegalArgumentException(
                    "a network of " + before.classes() + " classes does not grow to " + after.classes());
        }
        this.old = old;
        this.before = before;
        this.after = after;
        this.fresh = fresh;
    }

    @Override
    public ValueStream open(Parameter parameter) {
        Parameter stored = before.parameters().get(after.parameters().indexOf(parameter));
        ValueStream head = old.open(stored);
        if (stored.size() == parameter.size()) {
            return head;
        }
        ValueStream tail = fresh.open(parameter);
        skip(tail, stored.size());
        long[] left = {stored.size()};
        return (into, count) -> {
            int fromHead = (int) Math.min(left[0], count);
            if (fromHead > 0) {
                head.next(into, fromHead);
                left[0] -= fromHead;
            }
            if (fromHead < count) {
                float[] rest = new float[count - fromHead];
                tail.next(rest, rest.length);
                System.arraycopy(rest, 0, into, fromHead, rest.length);
            }
        };
    }

    private static void skip(ValueStream stream, long values) {
        float[] chunk = new float[(int) Math.min(values, 1 << 16)];
        for (long left = values; left > 0; left -= chunk.length) {
            stream.next(chunk, (int) Math.min(left, chunk.length));
        }
    }
}
