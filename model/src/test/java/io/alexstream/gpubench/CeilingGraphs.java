package io.alexstream.gpubench;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;

/**
 * Graphs whose run costs one thing alone. Their data is drawn on the device, since nothing could be folded into a constant
 * then and nothing has to be copied; drawing costs time too, so callers take the difference between a long graph and a short
 * one. Stateless.
 */
final class CeilingGraphs {

    /** Known to the ONNX Runtimes for CUDA 12 and 13; as {@code FreshModel}. */
    private static final int OPERATOR_SET = 17;

    private static final int IR_VERSION = 8;
    private static final String INPUT = "input";
    private static final String OUTPUT = "output";

    private CeilingGraphs() {}

    /** Takes uint8 [bytes] to the device and gives its first byte back. */
    static byte[] copy(int bytes) {
        GraphProto.Builder graph = graph(TensorProto.DataType.UINT8, bytes, TensorProto.DataType.UINT8);
        slice(graph, INPUT, OUTPUT, 1);
        return model(graph);
    }

    /** Multiplies square matrices of that size, {@code products} one after another: 2 size³ operations each. */
    static byte[] products(int size, int products) {
        GraphProto.Builder graph = graph(TensorProto.DataType.FLOAT, 1, TensorProto.DataType.FLOAT);
        // Values with a variance of 1/size: products keep the size of their factors.
        float range = (float) Math.sqrt(3.0 / size);
        random(graph, "factor", range, size, size);
        random(graph, "value0", 1, size, size);
        for (int i = 0; i < products; i++) {
            node(graph, "MatMul", "value" + (i + 1), "factor", "value" + i);
        }
        return model(end(graph, "value" + products, 2));
    }

    /** Goes over {@code floats} values {@code passes} times: 8 bytes read and written for each. */
    static byte[] passes(int floats, int passes) {
        GraphProto.Builder graph = graph(TensorProto.DataType.FLOAT, 1, TensorProto.DataType.FLOAT);
        random(graph, "value0", 1, floats);
        for (int i = 0; i < passes; i++) {
            // Alternating, so that no optimiser finds one operator twice in a row.
            node(graph, i % 2 == 0 ? "Mul" : "Add", "value" + (i + 1), "value" + i, INPUT);
        }
        return model(end(graph, "value" + passes, 1));
    }

    /** One value of the result is the output: as good as nothing has to be copied back. */
    private static GraphProto.Builder end(GraphProto.Builder graph, String result, int rank) {
        slice(graph, result, "corner", rank);
        node(graph, "Mul", OUTPUT, "corner", INPUT);
        return graph;
    }

    private static void slice(GraphProto.Builder graph, String from, String to, int rank) {
        numbers(graph, "starts", 0, rank);
        numbers(graph, "ends", 1, rank);
        node(graph, "Slice", to, from, "starts", "ends");
    }

    private static void numbers(GraphProto.Builder graph, String name, long value, int count) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(count);
        for (int i = 0; i < count; i++) {
            tensor.addInt64Data(value);
        }
        graph.addInitializer(tensor);
    }

    private static void random(GraphProto.Builder graph, String name, float range, long... shape) {
        AttributeProto.Builder dimensions =
                AttributeProto.newBuilder().setName("shape").setType(AttributeProto.AttributeType.INTS);
        for (long dimension : shape) {
            dimensions.addInts(dimension);
        }
        node(graph, "RandomUniform", name)
                .addAttribute(dimensions)
                .addAttribute(number("low", -range))
                .addAttribute(number("high", range));
    }

    private static AttributeProto.Builder number(String name, float value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF(value);
    }

    private static NodeProto.Builder node(GraphProto.Builder graph, String type, String output, String... inputs) {
        NodeProto.Builder node = graph.addNodeBuilder().setOpType(type).addOutput(output);
        for (String input : inputs) {
            node.addInput(input);
        }
        return node;
    }

    private static GraphProto.Builder graph(
            TensorProto.DataType inputType, long inputSize, TensorProto.DataType outputType) {
        return GraphProto.newBuilder()
                .setName("ceiling")
                .addInput(value(INPUT, inputType)
                        .setType(tensor(
                                inputType,
                                TensorShapeProto.newBuilder()
                                        .addDim(TensorShapeProto.Dimension.newBuilder()
                                                .setDimValue(inputSize)))))
                .addOutput(value(OUTPUT, outputType));
    }

    private static ValueInfoProto.Builder value(String name, TensorProto.DataType type) {
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder().setElemType(type.getNumber())));
    }

    private static TypeProto tensor(TensorProto.DataType type, TensorShapeProto.Builder shape) {
        return TypeProto.newBuilder()
                .setTensorType(TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(shape))
                .build();
    }

    private static byte[] model(GraphProto.Builder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("alexstream")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
                .setGraph(graph)
                .build()
                .toByteArray();
    }
}
