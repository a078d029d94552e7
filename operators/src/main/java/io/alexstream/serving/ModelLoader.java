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
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * From a package's URI to a model that can serve: fetch, verify, load, hold against the manifest, warm up, golden check. What
 * fails leaves nothing behind. Safe for concurrent use: it has no state of its own.
 */
final class ModelLoader {

    private final ModelRepository repository;
    private final ModelCache cache;
    private final List<SessionFactory> devices;
    private final FrameMemory memory;
    private final LongSupplier nanoClock;
    private final LowPriority lowPriority;
    private final RunSizes runSizes;
    private final int topK;
    private final Executor closer;

    /**
     * @param devices open sessions, one a device
     * @param memory where the model's frames will lie
     * @param lowPriority for loads beside which images are served
     * @param closer where the models' sessions close
     */
    ModelLoader(
            ModelRepository repository,
            ModelCache cache,
            List<SessionFactory> devices,
            FrameMemory memory,
            LongSupplier nanoClock,
            LowPriority lowPriority,
            RunSizes runSizes,
            int topK,
            Executor closer) {
        this.repository = repository;
        this.cache = cache;
        this.devices = devices;
        this.memory = memory;
        this.nanoClock = nanoClock;
        this.lowPriority = lowPriority;
        this.runSizes = runSizes;
        this.topK = topK;
        this.closer = closer;
    }

    /**
     * As {@link #load}, slower than what is served meanwhile. Not where a session starts threads of its own: they would keep the
     * low priority when it serves.
     */
    ServedModel loadBesideServing(String uri, String sha256, Abandonment abandonment) {
        return devices.stream().allMatch(SessionFactory::sharesThreads)
                ? lowPriority.call(() -> load(uri, sha256, abandonment))
                : load(uri, sha256, abandonment);
    }

    /**
     * Loads a package. The caller retires the model.
     *
     * @param sha256 what its manifest must have
     * @param abandonment ends the load early
     * @throws ModelLoadException where the package or the memory is at fault
     * @throws InferenceException PROVIDER_UNAVAILABLE where the machine is
     */
    ServedModel load(String uri, String sha256, Abandonment abandonment) {
        Path directory = cache.newDirectory();
        List<DeviceSession> opened = new ArrayList<>();
        try {
            long start = nanoClock.getAsLong();
            ModelPackage modelPackage = repository.fetch(uri, sha256, directory, abandonment);
            memory.require(modelPackage.manifest());
            long warmUp = openOnAllDevices(modelPackage, abandonment, opened);
            long load = nanoClock.getAsLong() - start - warmUp;
            // Last, since larger buffers stay.
            memory.prepare(modelPackage.manifest());
            abandonment.check();
            return new ServedModel(
                    modelPackage,
                    opened,
                    GoldenCheck.firstFrame(modelPackage),
                    runSizes,
                    topK,
                    new LoadTimes(millis(load), millis(warmUp)),
                    closer);
        } catch (Throwable t) {
            opened.forEach(session -> close(session, t));
            ModelCache.remove(directory);
            throw LoadFailures.describe(uri, t);
        }
    }

    private static void close(DeviceSession session, Throwable cause) {
        try {
            session.close();
        } catch (RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** Returns how long warming up took; what it has opened when it fails is for the caller to close. */
    private long openOnAllDevices(ModelPackage modelPackage, Abandonment abandonment, List<DeviceSession> opened) {
        long warmUp = 0;
        for (SessionFactory device : devices) {
            abandonment.check();
            InferenceSession session = opened(modelPackage, device);
            opened.add(new DeviceSession(session, () -> open(modelPackage, device), nanoClock));
            long start = nanoClock.getAsLong();
            show(modelPackage, session, abandonment);
            warmUp += nanoClock.getAsLong() - start;
            if (session.executionProvider() == ExecutionProvider.CPU) {
                // All share the same cores: a second copy of the model would only take memory.
                break;
            }
        }
        return warmUp;
    }

    /** A session in the place of one that the device has lost. */
    private InferenceSession open(ModelPackage modelPackage, SessionFactory device) {
        InferenceSession session = opened(modelPackage, device);
        try {
            show(modelPackage, session, new Abandonment());
            return session;
        } catch (Throwable t) {
            session.close();
            throw t;
        }
    }

    /** Lets a session show that it can serve. */
    private void show(ModelPackage modelPackage, InferenceSession session, Abandonment abandonment) {
        requireFit(modelPackage, session);
        warmUp(session, abandonment);
        GoldenCheck.check(modelPackage, session, abandonment);
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
        int max = runSizes.largestBatch();
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

    private void warmUp(InferenceSession session, Abandonment abandonment) {
        for (int size : runSizes.warmUp(session.executionProvider())) {
            abandonment.check();
            memory.lend(session.signature().frameBytes(), frames -> session.run(frames, size));
        }
    }

    private static long millis(long nanos) {
        return nanos / 1_000_000;
    }
}
