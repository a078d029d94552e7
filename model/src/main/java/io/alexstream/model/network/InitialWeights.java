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
        return (into, count) -> {
            for (int i = 0; i < count; i++) {
                into[i] = (float) (deviates.next() * deviation);
            }
        };
    }
}
