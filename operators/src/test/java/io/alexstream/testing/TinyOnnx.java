package io.alexstream.testing;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.function.IntBinaryOperator;

/** A real ONNX model of a few hundred bytes with the serving signature: its three classes are a frame's mean red, green, blue. */
public final class TinyOnnx {

    /** Height and width of its frames. */
    public static final int SIDE = 4;

    private static final int UINT8 = TensorProto.DataType.UINT8_VALUE;
    private static final int FLOAT = TensorProto.DataType.FLOAT_VALUE;
    private static final int INT64 = TensorProto.DataType.INT64_VALUE;

    private TinyOnnx() {}

    /** The model as the file's bytes. */
    public static byte[] model() {
        return model("image", UINT8, 3);
    }

    /** The same with another input name, input type or number of channels. */
    public static byte[] model(String input, int type, int channels) {
        return model(input, type, channels, 0);
    }

    /** The same, {@code bytes} heavier: two layers more, which together change nothing. */
    public static byte[] heavy(int bytes) {
        return model("image", UINT8, 3, bytes / (2 * 3 * Float.BYTES));
    }

    /** The same, but black frames are answered with NaN: it asks for the logarithm of a mean. */
    public static byte[] notANumberForBlack() {
        return model("image", UINT8, 3, 0, true);
    }

    private static byte[] model(String input, int type, int channels, int hidden) {
        return model(input, type, channels, hidden, false);
    }

    private static byte[] model(String input, int type, int channels, int hidden, boolean logarithm) {
        GraphProto.Builder graph = GraphProto.newBuilder().setName("tiny");
        graph.addInput(tensor(input, type, -1, SIDE, SIDE, channels));
        graph.addInitializer(TensorProto.newBuilder()
                .setName("k")
                .setDataType(INT64)
                .addDims(1)
                .addInt64Data(channels));
        graph.addNode(node("Cast", List.of(input), List.of("float"), integer("to", FLOAT)));
        graph.addNode(
                node("ReduceMean", List.of("float"), List.of("mean"), integers("axes", 1, 2), integer("keepdims", 0)));
        if (hidden > 0) {
            graph.addInitializer(weights("spread", channels, hidden, (i, j) -> j % channels == i ? 1 : 0));
            graph.addInitializer(weights("gather", hidden, channels, (i, j) -> i == j ? 1 : 0));
            graph.addNode(node("MatMul", List.of("mean", "spread"), List.of("hidden")));
            graph.addNode(node("MatMul", List.of("hidden", "gather"), List.of("logits")));
        }
        if (logarithm) {
            graph.addNode(node("Log", List.of("mean"), List.of("logits")));
        }
        String logits = hidden > 0 || logarithm ? "logits" : "mean";
        graph.addNode(node("Softmax", List.of(logits), List.of("softmax"), integer("axis", 1)));
        graph.addNode(node("TopK", List.of("softmax", "k"), List.of("probabilities", "classes"), integer("axis", 1)));
        graph.addOutput(tensor("probabilities", FLOAT, -1, channels));
        graph.addOutput(tensor("classes", INT64, -1, channels));
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(13))
                .setGraph(graph)
                .build()
                .toByteArray();
    }

    private static TensorProto weights(String name, int rows, int columns, IntBinaryOperator value) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(FLOAT)
                .addDims(rows)
                .addDims(columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                tensor.addFloatData(value.applyAsInt(i, j));
            }
        }
        return tensor.build();
    }

    private static ValueInfoProto tensor(String name, int type, int... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (int dimension : dimensions) {
            TensorShapeProto.Dimension.Builder one = TensorShapeProto.Dimension.newBuilder();
            shape.addDim(dimension < 0 ? one.setDimParam("N") : one.setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(
                                TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape)))
                .build();
    }

    private static NodeProto node(
            String type, List<String> inputs, List<String> outputs, AttributeProto... attributes) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(inputs)
                .addAllOutput(outputs)
                .addAllAttribute(List.of(attributes))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto integers(String name, long... values) {
        AttributeProto.Builder attribute =
                AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
        for (long value : values) {
            attribute.addInts(value);
        }
        return attribute.build();
    }
}
