package io.alexstream.model.network;

import java.util.List;

/** One row of a layer table. Names are unique within a network; parameters take theirs from it. */
public sealed interface Layer {

    String name();

    /** @throws IllegalArgumentException where the input is too small for the layer */
    Shape output(Shape input);

    /** Its trainable tensors, weights before biases; none for most layers. */
    default List<Parameter> parameters(Shape input) {
        return List.of();
    }

    /** Multiply-adds of one image; only convolutions and fully connected layers count, as is usual. */
    default long multiplyAdds(Shape input) {
        return 0;
    }

    /** Square kernels, the same stride and zero padding on all sides, with biases. */
    record Convolution(String name, int outputs, int kernel, int stride, int padding) implements Layer {

        @Override
        public Shape output(Shape input) {
            return new Shape(
                    outputs,
                    Window.positions(name, input.height() + 2 * padding, kernel, stride),
                    Window.positions(name, input.width() + 2 * padding, kernel, stride));
        }

        @Override
        public List<Parameter> parameters(Shape input) {
            int fanIn = input.channels() * kernel * kernel;
            return List.of(
                    Parameter.weight(name, List.of(outputs, input.channels(), kernel, kernel), fanIn),
                    Parameter.bias(name, outputs, fanIn));
        }

        @Override
        public long multiplyAdds(Shape input) {
            Shape output = output(input);
            return (long) output.size() * input.channels() * kernel * kernel;
        }
    }

    /** Maximum over square windows without padding; incomplete windows are dropped. */
    record MaxPool(String name, int kernel, int stride) implements Layer {

        @Override
        public Shape output(Shape input) {
            return new Shape(
                    input.channels(),
                    Window.positions(name, input.height(), kernel, stride),
                    Window.positions(name, input.width(), kernel, stride));
        }
    }

    /** max(0, x). */
    record Relu(String name) implements Layer {

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /**
     * Local response normalisation across channels by the 2012 paper's formula (section 3.3): each value is divided by
     * {@code (k + alpha * sum of squares over n neighbouring channels) ^ beta}. Frameworks divide alpha by n; here it is the
     * paper's, undivided.
     */
    record LocalResponseNormalization(String name, double k, int n, double alpha, double beta) implements Layer {

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** Drops values in training; does nothing in serving. */
    record Dropout(String name, double rate) implements Layer {

        @Override
        public Shape output(Shape input) {
            return input;
        }
    }

    /** Every output from every input, with biases; the input is read channel by channel, row by row. */
    record FullyConnected(String name, int outputs) implements Layer {

        @Override
        public Shape output(Shape input) {
            return Shape.vector(outputs);
        }

        @Override
        public List<Parameter> parameters(Shape input) {
            return List.of(
                    Parameter.weight(name, List.of(outputs, input.size()), input.size()),
                    Parameter.bias(name, outputs, input.size()));
        }

        @Override
        public long multiplyAdds(Shape input) {
            return (long) outputs * input.size();
        }
    }
}
