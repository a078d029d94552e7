package io.alexstream.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** An ONNX Runtime session with the serving signature. Owns the native session; thread rules as the interface's. */
final class OnnxInferenceSession implements InferenceSession {

    private static final Set<String> OUTPUTS = Set.of(ModelSignature.PROBABILITIES, ModelSignature.CLASSES);

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ExecutionProvider provider;
    private final ModelSignature signature;
    private final AtomicBoolean closed = new AtomicBoolean();

    private OnnxInferenceSession(
            OrtEnvironment environment, OrtSession session, ExecutionProvider provider, ModelSignature signature) {
        this.environment = environment;
        this.session = session;
        this.provider = provider;
        this.signature = signature;
    }

    /** Takes the session over: it is closed here where its signature is not the serving one. Counted by {@link NativeCalls}. */
    static OnnxInferenceSession of(OrtEnvironment environment, OrtSession session, ExecutionProvider provider)
            throws OrtException {
        try {
            return new OnnxInferenceSession(environment, session, provider, signatureOf(session));
        } catch (OrtException | RuntimeException | Error e) {
            session.close();
            throw e;
        }
    }

    private static ModelSignature signatureOf(OrtSession session) throws OrtException {
        Map<String, NodeInfo> inputs = session.getInputInfo();
        if (!inputs.keySet().equals(Set.of(ModelSignature.INPUT))) {
            throw wrongSignature("its inputs are " + inputs.keySet() + ", expected [image]");
        }
        Map<String, NodeInfo> outputs = session.getOutputInfo();
        if (!outputs.keySet().containsAll(OUTPUTS)) {
            throw wrongSignature("its outputs are " + outputs.keySet() + ", expected [probabilities, classes]");
        }
        long[] image = shape(inputs, ModelSignature.INPUT, OnnxJavaType.UINT8, 4);
        if (image[0] > 0 || image[1] < 1 || image[2] < 1 || image[3] != 3) {
            throw wrongSignature("its input is not [N, height, width, 3] with a free N");
        }
        long[] probabilities = shape(outputs, ModelSignature.PROBABILITIES, OnnxJavaType.FLOAT, 2);
        long[] classes = shape(outputs, ModelSignature.CLASSES, OnnxJavaType.INT64, 2);
        if (probabilities[1] < 1 || probabilities[1] != classes[1]) {
            throw wrongSignature("its outputs are not two of [N, K] with the same fixed K");
        }
        return new ModelSignature(
                Math.toIntExact(image[1]), Math.toIntExact(image[2]), Math.toIntExact(probabilities[1]));
    }

    private static long[] shape(Map<String, NodeInfo> nodes, String name, OnnxJavaType type, int rank) {
        NodeInfo node = nodes.get(name);
        if (node == null || !(node.getInfo() instanceof TensorInfo tensor)) {
            throw wrongSignature(name + " is not a tensor");
        }
        if (tensor.type != type || tensor.getShape().length != rank) {
            throw wrongSignature(name + " is " + tensor.type + " of rank " + tensor.getShape().length + ", expected "
                    + type + " of rank " + rank);
        }
        return tensor.getShape();
    }

    private static InferenceException wrongSignature(String what) {
        return InferenceException.modelInvalid(
                "the model has not the serving signature: " + what + "; wrap it with 'model import'", null);
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public ExecutionProvider executionProvider() {
        return provider;
    }

    @Override
    public TopK run(ByteBuffer frames, int count) {
        if (count < 1 || (long) count * signature.frameBytes() > frames.capacity()) {
            throw InferenceException.inputInvalid(
                    count + " frames of " + signature.frameBytes() + " bytes do not fit a buffer of "
                            + frames.capacity(),
                    null);
        }
        ByteBuffer view = frames.duplicate().position(0).limit(count * signature.frameBytes());
        long[] shape = {count, signature.height(), signature.width(), 3};
        NativeCalls.begin();
        try (OnnxTensor input = OnnxTensor.createTensor(environment, view, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(ModelSignature.INPUT, input), OUTPUTS)) {
            return read(result, count);
        } catch (OrtException e) {
            throw OrtFailures.onRun(e);
        } finally {
            NativeCalls.end();
        }
    }

    private TopK read(OrtSession.Result result, int count) {
        FloatBuffer probabilities = tensor(result, ModelSignature.PROBABILITIES).getFloatBuffer();
        LongBuffer classes = tensor(result, ModelSignature.CLASSES).getLongBuffer();
        int size = count * signature.topK();
        if (probabilities.remaining() != size || classes.remaining() != size) {
            throw InferenceException.internal(
                    "the model answered " + probabilities.remaining() + " values to " + count + " frames, expected "
                            + size,
                    null);
        }
        float[] values = new float[size];
        long[] indices = new long[size];
        probabilities.get(values);
        classes.get(indices);
        return new TopK(count, signature.topK(), values, indices);
    }

    private static OnnxTensor tensor(OrtSession.Result result, String name) {
        return (OnnxTensor) result.get(name).orElseThrow();
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            closeNative();
        } finally {
            NativeCalls.sessionClosed();
        }
    }

    private void closeNative() {
        if (!NativeCalls.mayBegin()) {
            // The process's end frees it.
            return;
        }
        try {
            session.close();
        } catch (OrtException e) {
            throw InferenceException.internal("ONNX Runtime could not close a session", e);
        } finally {
            NativeCalls.end();
        }
    }
}
