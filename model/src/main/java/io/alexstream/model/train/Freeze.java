package io.alexstream.model.train;

import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;

/** Which layers keep the weights that training began with. */
public enum Freeze {
    NONE {
        @Override
        public boolean trains(Network network, Parameter parameter) {
            return true;
        }
    },
    /** The convolutions. */
    CONV {
        @Override
        public boolean trains(Network network, Parameter parameter) {
            return network.layers().stream()
                    .filter(Layer.Convolution.class::isInstance)
                    .noneMatch(layer -> layer.name().equals(parameter.layer()));
        }
    },
    /** All but the layer that gives the logits. */
    ALL_BUT_LAST {
        @Override
        public boolean trains(Network network, Parameter parameter) {
            return network.isLast(parameter);
        }
    };

    /** Whether steps change the parameter. */
    public abstract boolean trains(Network network, Parameter parameter);
}
