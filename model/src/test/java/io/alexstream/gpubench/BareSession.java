package io.alexstream.gpubench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * ONNX Runtime with nothing around it: what it can do through Java. Its options are those of the operator's sessions, so that
 * a difference is the operator's. The operator must have opened a session first: it begins ONNX Runtime's environment. Runs
 * may overlap; the owner closes it after them.
 */
final class BareSession implements AutoCloseable {

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;

    private BareSession(Source source, Device device, Map<String, String> cuda, boolean strict) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            options.setInterOpNumThreads(1);
            options.setIntraOpNumThreads(device.threads());
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            if (device.isCuda()) {
                options.setMemoryPatternOptimization(false);
                if (strict) {
                    options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
                }
                try (OrtCUDAProviderOptions provider = new OrtCUDAProviderOptions(device.gpu())) {
                    for (Map.Entry<String, String> option : cuda.entrySet()) {
                        provider.add(option.getKey(), option.getValue());
                    }
                    options.addCUDA(provider);
                }
            }
            session = source.open(environment, options);
            input = session.getInputNames().iterator().next();
        }
    }

    /** A model's serving graph. */
    static BareSession of(Path model, Device device, Precision precision, String search) throws OrtException {
        return new BareSession(
                (environment, options) -> environment.createSession(model.toString(), options),
                device,
                Device.cudaOptions(precision, search),
                false);
    }

    /** As {@link #of}, but refused by ONNX Runtime where any node of the graph would run on CPU. */
    static BareSession strict(Path model, Device device) throws OrtException {
        return new BareSession(
                (environment, options) -> environment.createSession(model.toString(), options),
                device,
                Device.cudaOptions(Precision.TF32, Device.HEURISTIC),
                true);
    }

    /** A graph that measures one thing; refused where any node would run on CPU though CUDA is asked. */
    static BareSession of(byte[] graph, Device device, Precision precision) throws OrtException {
        return new BareSession(
                (environment, options) -> environment.createSession(graph, options),
                device,
                Device.cudaOptions(precision, Device.HEURISTIC),
                true);
    }

    /** Bytes in a direct buffer as the graph's input; the caller closes it after the last run. */
    OnnxTensor bytes(ByteBuffer bytes, long... shape) throws OrtException {
        return OnnxTensor.createTensor(environment, bytes, shape, OnnxJavaType.UINT8);
    }

    /** One float as the graph's input; the caller closes it after the last run. */
    OnnxTensor one() throws OrtException {
        return OnnxTensor.createTensor(environment, FloatBuffer.wrap(new float[] {1}), new long[] {1});
    }

    /** Runs once; the outputs have come back to the host when it returns. */
    void run(OnnxTensor tensor) throws OrtException {
        session.run(Map.of(input, tensor)).close();
    }

    @Override
    public void close() throws OrtException {
        session.close();
    }

    private interface Source {
        OrtSession open(OrtEnvironment environment, OrtSession.SessionOptions options) throws OrtException;
    }
}
