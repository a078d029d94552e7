package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Builds foreign classifiers as others export them. All compute the same: the mean of each channel's upper half less that of
 * its lower, times a matrix, plus a bias; so channels, mean, std and rows that are mixed up change the answer.
 */
final class ForeignGraphs {

    static final int SIZE = 8;
    static final int CLASSES = 4;
    static final float[] WEIGHT = {0.9f, -0.4f, 0.1f, -0.2f, 0.7f, 0.3f, 0.5f, 0.5f, -0.8f, -0.6f, 0.2f, 0.4f};
    static final float[] BIAS = {0.1f, -0.2f, 0.05f, 0.3f};

    final GraphProto.Builder graph = GraphProto.newBuilder().setName("foreign");
    int operatorSet = 13;
    int irVersion = 8;

    /** Batch of the declared input; 0 is free. */
    long batch = 0;

    String input = "x";
    TensorProto.DataType type = TensorProto.DataType.FLOAT;
    private String last = "";

    /** The declared input, and values [N, 3, 1, 1] from it. */
    ForeignGraphs images() {
        graph.addInput(value(input, type, batch, 3, SIZE, SIZE));
        return features(input);
    }

    /** The same for a model that takes [N, height, width, 3]. */
    ForeignGraphs imagesWithChannelsLast() {
        graph.addInput(value(input, type, batch, SIZE, SIZE, 3));
        node("Transpose", List.of(input), "channels_first", Nodes.attribute("perm", List.of(0L, 3L, 1L, 2L)));
        return features(last);
    }

    private ForeignGraphs features(String images) {
        float[] kernel = new float[3 * SIZE * SIZE];
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] = weightOfPixel(i % (SIZE * SIZE));
        }
        constant(Tensors.floats("kernel", List.of(3L, 1L, (long) SIZE, (long) SIZE), kernel));
        return node("Conv", List.of(images, "kernel"), "features", Nodes.attribute("group", 3L));
    }

    /** What a pixel counts: the upper half of an image up, the lower down. */
    static float weightOfPixel(int pixel) {
        return (pixel < SIZE * SIZE / 2 ? 2f : -1f) / (SIZE * SIZE);
    }

    /** [N, 3, 1, 1] to [N, C]. */
    ForeignGraphs flattenAndClassify() {
        node("Flatten", List.of(last), "flat", Nodes.attribute("axis", 1L));
        return classify();
    }

    /** The same by a reshape to a constant shape. */
    ForeignGraphs reshapeAndClassify(long... shape) {
        constant(Tensors.int64s("shape", shape));
        node("Reshape", List.of(last, "shape"), "flat");
        return classify();
    }

    ForeignGraphs classify() {
        constant(Tensors.floats("weight", List.of((long) CLASSES, 3L), WEIGHT));
        constant(Tensors.floats("bias", List.of((long) CLASSES), BIAS));
        return node("Gemm", List.of(last, "weight", "bias"), "scores", Nodes.attribute("transB", 1L));
    }

    /** [N, 3, 1, 1] to [N, C, 1, 1]. */
    ForeignGraphs classifyByConvolution() {
        constant(Tensors.floats("weight", List.of((long) CLASSES, 3L, 1L, 1L), WEIGHT));
        constant(Tensors.floats("bias", List.of((long) CLASSES), BIAS));
        return node("Conv", List.of(last, "weight", "bias"), "scores");
    }

    ForeignGraphs softmax() {
        return node("Softmax", List.of(last), "softmax", Nodes.attribute("axis", 1L));
    }

    ForeignGraphs node(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(Nodes.node(operator, inputs, output, attributes));
        last = output;
        return this;
    }

    ForeignGraphs constant(TensorProto tensor) {
        graph.addInitializer(tensor);
        return this;
    }

    /** Declares the last value as the output, of that type and shape. */
    ForeignGraphs output(long... shape) {
        graph.addOutput(value(last, type, shape));
        return this;
    }

    /** Lists the weights as inputs too, as files before IR version 4 had to. */
    ForeignGraphs withConstantsAsInputs() {
        for (TensorProto tensor : graph.getInitializerList()) {
            long[] dims =
                    tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
            graph.addInput(value(tensor.getName(), TensorProto.DataType.forNumber(tensor.getDataType()), dims));
        }
        return this;
    }

    String last() {
        return last;
    }

    ModelProto model() {
        return ModelProto.newBuilder()
                .setIrVersion(irVersion)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(operatorSet))
                .setGraph(graph)
                .build();
    }

    Path write(Path directory) throws IOException {
        Path file = directory.resolve("foreign.onnx");
        try (OutputStream out = Files.newOutputStream(file)) {
            model().writeTo(out);
        }
        return file;
    }

    /** Type of a value; 0 is a free dimension. */
    static ValueInfoProto value(String name, TensorProto.DataType type, long... dims) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long dim : dims) {
            if (dim == 0) {
                shape.addDimBuilder().setDimParam("batch");
            } else {
                shape.addDimBuilder().setDimValue(dim);
            }
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.getNumber())
                                .setShape(shape)))
                .build();
    }
}
