package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.alexstream.contract.InputSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a foreign classifier says it takes and gives.
 *
 * @param channelsLast whether it takes [N, height, width, 3]
 * @param batch the fixed number of images it says it takes, or 0 where that is free
 * @param outputType of its values
 */
record ForeignSignature(
        int operatorSet,
        String input,
        TensorProto.DataType inputType,
        boolean channelsLast,
        long batch,
        String output,
        TensorProto.DataType outputType) {

    /** ONNX Runtime's lowest: older operators have no kernels in it. */
    private static final int OLDEST_OPERATOR_SET = 7;

    private static final Set<TensorProto.DataType> FLOATS =
            Set.of(TensorProto.DataType.FLOAT, TensorProto.DataType.FLOAT16, TensorProto.DataType.DOUBLE);

    /** Reads it and checks it against what the user says of it. */
    static ForeignSignature of(ModelProto model, InputSpec spec, int labels) {
        GraphProto graph = model.getGraph();
        ValueInfoProto input = only("input", "the images", realInputs(graph));
        ValueInfoProto output = only("output", "the classes", graph.getOutputList());
        List<Long> dims = dims(input);
        boolean channelsLast = channelsLast(input.getName(), dims);
        checkSize(dims, channelsLast, spec);
        checkClasses(dims(output), labels);
        return new ForeignSignature(
                operatorSet(model),
                input.getName(),
                type("input", input),
                channelsLast,
                dims.isEmpty() ? 0 : dims.get(0),
                output.getName(),
                type("output", output));
    }

    /** The same, under other names. */
    ForeignSignature renamed(Map<String, String> names) {
        return new ForeignSignature(
                operatorSet,
                names.getOrDefault(input, input),
                inputType,
                channelsLast,
                batch,
                names.getOrDefault(output, output),
                outputType);
    }

    boolean isHalfPrecision() {
        return inputType == TensorProto.DataType.FLOAT16 || outputType == TensorProto.DataType.FLOAT16;
    }

    /** Before IR version 4 weights are listed as inputs too. */
    private static List<ValueInfoProto> realInputs(GraphProto graph) {
        Set<String> weights =
                graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        graph.getSparseInitializerList()
                .forEach(sparse -> weights.add(sparse.getValues().getName()));
        return graph.getInputList().stream()
                .filter(value -> !weights.contains(value.getName()))
                .toList();
    }

    private static ValueInfoProto only(String what, String meaning, List<ValueInfoProto> values) {
        if (values.size() != 1) {
            throw new RefusedModelException("the model has " + values.size() + " " + what + "s "
                    + values.stream().map(ValueInfoProto::getName).toList() + "; import takes models with one, "
                    + meaning
                    + "; export it with that one only");
        }
        return values.get(0);
    }

    private static int operatorSet(ModelProto model) {
        long version = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(1);
        if (version < OLDEST_OPERATOR_SET) {
            throw new RefusedModelException("the model is of operator set " + version + ", ONNX Runtime runs "
                    + OLDEST_OPERATOR_SET + " and later; export it anew or convert it with onnx.version_converter");
        }
        return Math.toIntExact(version);
    }

    private static TensorProto.DataType type(String what, ValueInfoProto value) {
        TensorProto.DataType type = value.getType().hasTensorType()
                ? TensorProto.DataType.forNumber(value.getType().getTensorType().getElemType())
                : null;
        if (type == null || !FLOATS.contains(type)) {
            String found = type == null ? "no tensor" : "of " + type;
            throw new RefusedModelException("the model's " + what + " " + value.getName() + " is " + found
                    + "; import takes models from float images to float classes");
        }
        return type;
    }

    /** Its dimensions, 0 where one is free; empty where the model does not say. */
    private static List<Long> dims(ValueInfoProto value) {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        return tensor.getShape().getDimList().stream()
                .map(TensorShapeProto.Dimension::getDimValue)
                .map(dim -> Math.max(0, dim))
                .toList();
    }

    private static boolean channelsLast(String name, List<Long> dims) {
        if (dims.isEmpty()) {
            return false;
        }
        if (dims.size() == 4 && (dims.get(1) == 3 || (dims.get(1) == 0 && dims.get(3) != 3))) {
            return false;
        }
        if (dims.size() == 4 && dims.get(3) == 3) {
            return true;
        }
        throw new RefusedModelException("the model's input " + name + " is " + shown(dims)
                + "; import takes [N, 3, height, width] or [N, height, width, 3]");
    }

    private static void checkSize(List<Long> dims, boolean channelsLast, InputSpec spec) {
        if (dims.isEmpty()) {
            return;
        }
        long height = dims.get(channelsLast ? 1 : 2);
        long width = dims.get(channelsLast ? 2 : 3);
        if ((height != 0 && height != spec.height()) || (width != 0 && width != spec.width())) {
            throw new RefusedModelException(
                    "the model takes images of " + height + " x " + width + ", but --input-size is " + spec.height()
                            + (height == width ? "; give --input-size " + height : ""));
        }
    }

    private static void checkClasses(List<Long> dims, int labels) {
        List<Long> perImage = dims.size() > 1 ? dims.subList(1, dims.size()) : dims;
        long classes = perImage.stream().reduce(1L, Math::multiplyExact);
        if (!dims.isEmpty() && classes != 0 && classes != labels) {
            throw new RefusedModelException("the model has " + classes + " classes, but there are " + labels
                    + " labels; the file needs one line a class");
        }
    }

    private static String shown(List<Long> dims) {
        return dims.stream().map(dim -> dim == 0 ? "?" : dim.toString()).collect(Collectors.joining(", ", "[", "]"));
    }
}
