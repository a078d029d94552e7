package io.alexstream.model.network;

import java.util.List;

/**
 * One trainable tensor of a network, stored row by row. Layouts are PyTorch's: convolutions [out, in, height, width], fully
 * connected layers [out, in].
 *
 * @param layer name of the layer it belongs to
 * @param fanIn inputs that each output of the layer sums over
 */
public record Parameter(String layer, Kind kind, List<Integer> dims, int fanIn) {

    /** What a parameter does in its layer. */
    public enum Kind {
        WEIGHT,
        BIAS
    }

    public Parameter {
        dims = List.copyOf(dims);
    }

    static Parameter weight(String layer, List<Integer> dims, int fanIn) {
        return new Parameter(layer, Kind.WEIGHT, dims, fanIn);
    }

    static Parameter bias(String layer, int outputs, int fanIn) {
        return new Parameter(layer, Kind.BIAS, List.of(outputs), fanIn);
    }

    /** Name of its tensor in files: {@code conv1.weight}, {@code conv1.bias}. */
    public String name() {
        return layer + (kind == Kind.WEIGHT ? ".weight" : ".bias");
    }

    /** Values in it. */
    public long size() {
        return dims.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
