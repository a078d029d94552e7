package io.alexstream.model.testing;

import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.PlacedLayer;
import io.alexstream.model.network.Shape;
import io.alexstream.model.network.Weights;
import java.util.HashMap;
import java.util.Map;

/** A network's answer by the definitions, in double precision and plain loops: what the serving graph is checked against. */
public final class ReferenceForward {

    private final Network network;
    private final Map<String, double[]> values = new HashMap<>();

    public ReferenceForward(Network network, Weights weights) {
        this.network = network;
        for (Parameter parameter : network.parameters()) {
            float[] floats = new float[Math.toIntExact(parameter.size())];
            weights.open(parameter).next(floats, floats.length);
            double[] doubles = new double[floats.length];
            for (int i = 0; i < floats.length; i++) {
                doubles[i] = floats[i];
            }
            values.put(parameter.name(), doubles);
        }
    }

    /** Probabilities of an RGB frame, rows from the top, normalised as torchvision does. */
    public double[] probabilities(byte[] frame) {
        return softmax(logits(frame));
    }

    private double[] logits(byte[] frame) {
        double[] activations = normalised(frame, network.input());
        for (PlacedLayer placed : network.placed()) {
            activations = apply(placed, activations);
        }
        return activations;
    }

    public static double[] softmax(double[] logits) {
        double sum = 0;
        double[] exponentials = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] = Math.exp(logits[i]);
            sum += exponentials[i];
        }
        for (int i = 0; i < logits.length; i++) {
            exponentials[i] /= sum;
        }
        return exponentials;
    }

    private static double[] normalised(byte[] frame, Shape shape) {
        double[] mean = {0.485, 0.456, 0.406};
        double[] std = {0.229, 0.224, 0.225};
        double[] values = new double[shape.size()];
        for (int c = 0; c < 3; c++) {
            for (int pixel = 0; pixel < shape.height() * shape.width(); pixel++) {
                double value = (frame[pixel * 3 + c] & 0xFF) / 255.0;
                values[c * shape.height() * shape.width() + pixel] = (value - mean[c]) / std[c];
            }
        }
        return values;
    }

    private double[] apply(PlacedLayer placed, double[] in) {
        if (placed.layer() instanceof Layer.Convolution layer) {
            return convolution(layer, placed, in);
        }
        if (placed.layer() instanceof Layer.MaxPool layer) {
            return maxPool(layer, placed, in);
        }
        if (placed.layer() instanceof Layer.LocalResponseNormalization layer) {
            return normalization(layer, placed.input(), in);
        }
        if (placed.layer() instanceof Layer.FullyConnected) {
            return fullyConnected(placed, in);
        }
        if (placed.layer() instanceof Layer.Relu) {
            double[] out = in.clone();
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.max(0, out[i]);
            }
            return out;
        }
        return in;
    }

    private double[] convolution(Layer.Convolution layer, PlacedLayer placed, double[] in) {
        double[] weight = read(placed.parameters().get(0));
        double[] bias = read(placed.parameters().get(1));
        double[] out = new double[placed.output().size()];
        int index = 0;
        for (int o = 0; o < placed.output().channels(); o++) {
            for (int y = 0; y < placed.output().height(); y++) {
                for (int x = 0; x < placed.output().width(); x++) {
                    out[index++] = bias[o] + window(layer, placed.input(), in, weight, o, y, x);
                }
            }
        }
        return out;
    }

    private static double window(
            Layer.Convolution layer, Shape shape, double[] in, double[] weight, int o, int y, int x) {
        double sum = 0;
        int k = layer.kernel();
        for (int c = 0; c < shape.channels(); c++) {
            for (int dy = 0; dy < k; dy++) {
                int row = y * layer.stride() - layer.padding() + dy;
                if (row < 0 || row >= shape.height()) {
                    continue;
                }
                for (int dx = 0; dx < k; dx++) {
                    int column = x * layer.stride() - layer.padding() + dx;
                    if (column >= 0 && column < shape.width()) {
                        sum += in[(c * shape.height() + row) * shape.width() + column]
                                * weight[((o * shape.channels() + c) * k + dy) * k + dx];
                    }
                }
            }
        }
        return sum;
    }

    private static double[] maxPool(Layer.MaxPool layer, PlacedLayer placed, double[] in) {
        double[] out = new double[placed.output().size()];
        Shape shape = placed.input();
        int index = 0;
        for (int c = 0; c < placed.output().channels(); c++) {
            for (int y = 0; y < placed.output().height(); y++) {
                for (int x = 0; x < placed.output().width(); x++) {
                    double greatest = Double.NEGATIVE_INFINITY;
                    for (int i = 0; i < layer.kernel() * layer.kernel(); i++) {
                        int row = y * layer.stride() + i / layer.kernel();
                        int column = x * layer.stride() + i % layer.kernel();
                        greatest = Math.max(greatest, in[(c * shape.height() + row) * shape.width() + column]);
                    }
                    out[index++] = greatest;
                }
            }
        }
        return out;
    }

    /** The 2012 paper, section 3.3: alpha is not divided by n. */
    private static double[] normalization(Layer.LocalResponseNormalization layer, Shape shape, double[] in) {
        double[] out = new double[in.length];
        int plane = shape.height() * shape.width();
        for (int i = 0; i < shape.channels(); i++) {
            for (int pixel = 0; pixel < plane; pixel++) {
                double sum = 0;
                int last = Math.min(shape.channels() - 1, i + layer.n() / 2);
                for (int j = Math.max(0, i - layer.n() / 2); j <= last; j++) {
                    sum += in[j * plane + pixel] * in[j * plane + pixel];
                }
                out[i * plane + pixel] =
                        in[i * plane + pixel] / Math.pow(layer.k() + layer.alpha() * sum, layer.beta());
            }
        }
        return out;
    }

    private double[] fullyConnected(PlacedLayer placed, double[] in) {
        double[] weight = read(placed.parameters().get(0));
        double[] bias = read(placed.parameters().get(1));
        double[] out = new double[bias.length];
        for (int o = 0; o < out.length; o++) {
            out[o] = bias[o];
            for (int i = 0; i < in.length; i++) {
                out[o] += in[i] * weight[o * in.length + i];
            }
        }
        return out;
    }

    private double[] read(Parameter parameter) {
        return values.get(parameter.name());
    }

    /** The values of a parameter, to be changed at will. */
    public double[] values(Parameter parameter) {
        return read(parameter);
    }
}
