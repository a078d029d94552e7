package io.alexstream.model.network;

import java.util.Arrays;

/**
 * First weights, the same for a seed on every machine: a generator written out here, and {@link StrictMath}. Each parameter
 * has a stream of its own, so the order of reading does not matter. Immutable.
 */
public final class InitialWeights implements Weights {

    private final Network network;
    private final Initialization initialization;
    private final long seed;

    public InitialWeights(Network network, Initialization initialization, long seed) {
        this.network = network;
        this.initialization = initialization;
        this.seed = seed;
    }

    @Override
    public ValueStream open(Parameter parameter) {
        if (parameter.kind() == Parameter.Kind.BIAS) {
            float bias = initialization.bias(parameter);
            return (into, count) -> Arrays.fill(into, 0, count, bias);
        }
        int index = network.parameters().indexOf(parameter);
        if (index < 0) {
            throw new IllegalArgumentException("no parameter of the network: " + parameter.name());
        }
        NormalDeviates deviates = new NormalDeviates(seed, index);
        double deviation = initialization.deviation(network, parameter);
        int row = initialization.centred() ? parameter.fanIn() : 1;
        return new Rows(deviates, deviation, row);
    }

    /** Deviates, in rows that are shifted to a sum of 0 where they have more than one value. */
    private static final class Rows implements ValueStream {

        private final NormalDeviates deviates;
        private final double deviation;
        private final double[] row;
        private int next;

        Rows(NormalDeviates deviates, double deviation, int length) {
            this.deviates = deviates;
            this.deviation = deviation;
            this.row = new double[length];
            this.next = length;
        }

        @Override
        public void next(float[] into, int count) {
            for (int i = 0; i < count; i++) {
                if (next == row.length) {
                    draw();
                }
                into[i] = (float) (row[next++] * deviation);
            }
        }

        private void draw() {
            double sum = 0;
            for (int i = 0; i < row.length; i++) {
                row[i] = deviates.next();
                sum += row[i];
            }
            double mean = row.length == 1 ? 0 : sum / row.length;
            for (int i = 0; i < row.length; i++) {
                row[i] -= mean;
            }
            next = 0;
        }
    }
}
