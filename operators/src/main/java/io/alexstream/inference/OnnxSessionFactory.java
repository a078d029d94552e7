package io.alexstream.inference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens ONNX Runtime sessions. Safe for concurrent use: the options are immutable and ONNX Runtime's environment is one a
 * process.
 */
public final class OnnxSessionFactory implements SessionFactory {

    private static final Logger LOG = LoggerFactory.getLogger(OnnxSessionFactory.class);

    private final SessionOptions options;
    private final AtomicBoolean fallbackWarned = new AtomicBoolean();

    public OnnxSessionFactory(SessionOptions options) {
        this.options = options;
    }

    @Override
    public InferenceSession open(Path model) {
        return switch (options.preference()) {
            case CPU -> openOn(ExecutionProvider.CPU, model);
            case CUDA -> openOn(ExecutionProvider.CUDA, model);
            case AUTO -> openWhereItWorks(model);
        };
    }

    private InferenceSession openWhereItWorks(Path model) {
        try {
            return openOn(ExecutionProvider.CUDA, model);
        } catch (InferenceException e) {
            if (e.kind() != InferenceException.Kind.PROVIDER_UNAVAILABLE) {
                throw e;
            }
            if (fallbackWarned.compareAndSet(false, true)) {
                LOG.warn("Provider fallback: running on CPU, since {}", e.getMessage());
            }
            return openOn(ExecutionProvider.CPU, model);
        }
    }

    /** False where another part of the process has begun ONNX Runtime, or we did with another number of threads. */
    @Override
    public boolean sharesThreads() {
        return starting(OrtStart::shares);
    }

    private InferenceSession openOn(ExecutionProvider provider, Path model) {
        OrtEnvironment environment = starting(OrtStart::environment);
        try (OrtSession.SessionOptions ort = new OrtSession.SessionOptions()) {
            ort.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            ort.setInterOpNumThreads(1);
            if (sharesThreads()) {
                ort.disablePerSessionThreads();
            } else {
                ort.setIntraOpNumThreads(options.intraOpThreads());
                // As with the shared ones.
                ort.addConfigEntry("session.intra_op.allow_spinning", "0");
            }
            if (provider == ExecutionProvider.CUDA) {
                // onnxruntime issue 29351: Java memory grows with patterns when runs change threads.
                ort.setMemoryPatternOptimization(false);
                addCuda(ort);
            }
            InferenceSession session = counted(environment, model, ort, provider);
            return provider == ExecutionProvider.CUDA ? probed(session) : session;
        } catch (OrtException e) {
            throw OrtFailures.onOpen(e, model, provider);
        }
    }

    private static InferenceSession counted(
            OrtEnvironment environment, Path model, OrtSession.SessionOptions ort, ExecutionProvider provider)
            throws OrtException {
        NativeCalls.sessionOpens();
        boolean open = false;
        try {
            NativeCalls.begin();
            try {
                InferenceSession session = OnnxInferenceSession.of(
                        environment, environment.createSession(model.toString(), ort), provider);
                open = true;
                return session;
            } finally {
                NativeCalls.end();
            }
        } finally {
            if (!open) {
                NativeCalls.sessionClosed();
            }
        }
    }

    /** cuDNN is loaded at the first run: what is missing of it shows there, and not when the session opens. */
    private static InferenceSession probed(InferenceSession session) {
        try {
            session.run(ByteBuffer.allocateDirect(session.signature().frameBytes()), 1);
            return session;
        } catch (InferenceException e) {
            session.close();
            throw e.kind() == InferenceException.Kind.DEVICE_LOST ? OrtFailures.cudaUnavailable(e) : e;
        } catch (RuntimeException | OutOfMemoryError e) {
            // A graph whose frames no buffer holds.
            session.close();
            throw e;
        }
    }

    private void addCuda(OrtSession.SessionOptions ort) {
        try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(options.gpuIndex())) {
            for (var option : options.cuda().entrySet()) {
                cuda.add(option.getKey(), option.getValue());
            }
            ort.addCUDA(cuda);
        } catch (OrtException e) {
            throw OrtFailures.cudaUnavailable(e);
        }
    }

    /** Asks of ONNX Runtime, which the first question starts. */
    private <R> R starting(IntFunction<R> question) {
        try {
            return question.apply(options.intraOpThreads());
        } catch (UnsatisfiedLinkError | ExceptionInInitializerError | NoClassDefFoundError e) {
            throw InferenceException.providerUnavailable(
                    "ONNX Runtime's native library cannot be loaded ("
                            + (e.getCause() == null ? e : e.getCause()).getMessage()
                            + "); it needs Linux, macOS or Windows on x86-64 or arm64 with glibc, and a writable java.io.tmpdir",
                    e);
        }
    }
}
