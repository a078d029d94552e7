package io.alexstream.serving;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.SessionFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From a package's URI to a model that can serve: fetch, verify, load, hold against the manifest, warm up, golden check. What
 * fails leaves nothing behind. Safe for concurrent use: it has no state of its own.
 */
final class ModelLoader {

    private static final Logger LOG = LoggerFactory.getLogger(ModelLoader.class);

    private final ModelRepository repository;
    private final ModelCache cache;
    private final List<SessionFactory> devices;
    private final FrameMemory memory;
    private final LongSupplier nanoClock;
    private final List<Integer> batchSizes;
    private final int topK;

    /**
     * @param devices open sessions, one a device
     * @param memory where the model's frames will lie
     * @param batchSizes every size that CUDA will run, rising; CPU warms up only the first and the last
     */
    ModelLoader(
            ModelRepository repository,
            ModelCache cache,
            List<SessionFactory> devices,
            FrameMemory memory,
            LongSupplier nanoClock,
            List<Integer> batchSizes,
            int topK) {
        this.repository = repository;
        this.cache = cache;
        this.devices = devices;
        this.memory = memory;
        this.nanoClock = nanoClock;
        this.batchSizes = batchSizes;
        this.topK = topK;
    }

    /**
     * Loads a package. The caller retires the model.
     *
     * @param sha256 what its manifest must have, or null
     * @throws ModelLoadException where the package is at fault
     * @throws InferenceException PROVIDER_UNAVAILABLE where the machine is
     */
    ServedModel load(String uri, @Nullable String sha256) {
        Path directory = cache.newDirectory();
        try {
            ModelPackage modelPackage = repository.fetch(uri, sha256, directory);
            memory.prepare(modelPackage.manifest());
            List<DeviceSession> sessions = onAllDevices(modelPackage);
            return new ServedModel(modelPackage, sessions, GoldenCheck.firstFrame(modelPackage), batchSizes, topK);
        } catch (Throwable t) {
            ModelCache.remove(directory);
            throw t;
        }
    }

    private List<DeviceSession> onAllDevices(ModelPackage modelPackage) {
        List<DeviceSession> opened = new ArrayList<>();
        try {
            for (SessionFactory device : devices) {
                opened.add(new DeviceSession(open(modelPackage, device), () -> open(modelPackage, device), nanoClock));
                if (opened.get(0).executionProvider() == ExecutionProvider.CPU) {
                    // All share the same cores: a second copy of the model would only take memory.
                    break;
                }
            }
            return opened;
        } catch (Throwable t) {
            opened.forEach(DeviceSession::close);
            throw t;
        }
    }

    /** A session that has shown that it can serve. */
    private InferenceSession open(ModelPackage modelPackage, SessionFactory device) {
        long start = nanoClock.getAsLong();
        InferenceSession session = opened(modelPackage, device);
        try {
            long loaded = nanoClock.getAsLong();
            requireFit(modelPackage, session);
            warmUp(session);
            long warm = nanoClock.getAsLong();
            GoldenCheck.check(modelPackage, session);
            LOG.info(
                    "Loaded model {} on {} in {} ms, warmed up in {} ms",
                    modelPackage.ref(),
                    session.executionProvider(),
                    millis(loaded - start),
                    millis(warm - loaded));
            return session;
        } catch (Throwable t) {
            session.close();
            throw t;
        }
    }

    private static InferenceSession opened(ModelPackage modelPackage, SessionFactory device) {
        try {
            return device.open(modelPackage.model());
        } catch (InferenceException e) {
            if (e.kind() == InferenceException.Kind.PROVIDER_UNAVAILABLE) {
                throw e;
            }
            String message = "model package " + modelPackage.ref().uri() + ": " + e.getMessage();
            throw e.isRetryable() ? ModelLoadException.passing(message, e) : ModelLoadException.permanent(message, e);
        }
    }

    private void requireFit(ModelPackage modelPackage, InferenceSession session) {
        ModelRef ref = modelPackage.ref();
        InputSpec input = modelPackage.manifest().input();
        ModelSignature signature = session.signature();
        if (signature.height() != input.height() || signature.width() != input.width()) {
            throw ModelLoadException.permanent(
                    "model package " + ref.uri() + ": the graph takes " + signature.height() + " x " + signature.width()
                            + " frames, the manifest says " + input.height() + " x " + input.width(),
                    null);
        }
        int max = batchSizes.get(batchSizes.size() - 1);
        if ((long) max * input.frameBytes() > Integer.MAX_VALUE) {
            throw ModelLoadException.permanent(
                    "model package " + ref.uri() + ": " + max + " frames of " + input.frameBytes()
                            + " bytes are more than a buffer holds; lower batch.max-size to at most "
                            + Integer.MAX_VALUE / input.frameBytes(),
                    null);
        }
        int labels = modelPackage.manifest().labels().size();
        if (signature.topK() > labels) {
            throw ModelLoadException.permanent(
                    "model package " + ref.uri() + ": the graph answers " + signature.topK()
                            + " classes a frame, the package has " + labels + " labels",
                    null);
        }
    }

    private void warmUp(InferenceSession session) {
        int max = batchSizes.get(batchSizes.size() - 1);
        // On CPU a batch size costs nothing at its first run; on CUDA each new one tunes the convolutions again.
        List<Integer> sizes =
                session.executionProvider() == ExecutionProvider.CUDA ? batchSizes : List.of(batchSizes.get(0), max);
        memory.lend(session.signature().frameBytes(), frames -> sizes.forEach(size -> session.run(frames, size)));
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
