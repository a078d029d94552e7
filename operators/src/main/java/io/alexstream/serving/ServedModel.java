package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * A model that is loaded, checked and can run. Shared by every frame that is pinned to it; each holds a lease, and the session
 * closes when the model is retired and the last lease has ended: never during a run. Safe for concurrent use: the count is
 * guarded by this object's lock.
 */
final class ServedModel {

    private static final Comparator<Prediction> BEST_FIRST =
            Comparator.comparing(Prediction::probability).reversed().thenComparing(Prediction::index);

    private final ModelPackage modelPackage;
    private final List<DeviceSession> devices;
    private final ByteBuffer controlFrame;
    private final RunSizes runSizes;
    private final int topK;
    private final LoadTimes times;
    private final Executor closer;
    private int leases;
    private boolean retired;
    private volatile Runnable onClosed = () -> {};

    /**
     * Takes the sessions over.
     *
     * @param devices one session a device
     * @param closer where its sessions close: the last lease may end on a thread that has no time for that
     */
    ServedModel(
            ModelPackage modelPackage,
            List<DeviceSession> devices,
            ByteBuffer controlFrame,
            RunSizes runSizes,
            int topK,
            LoadTimes times,
            Executor closer) {
        this.modelPackage = modelPackage;
        this.devices = List.copyOf(devices);
        this.controlFrame = controlFrame;
        this.runSizes = runSizes;
        this.topK = topK;
        this.times = times;
        this.closer = closer;
    }

    ModelRef ref() {
        return modelPackage.ref();
    }

    LoadTimes times() {
        return times;
    }

    ModelPackage modelPackage() {
        return modelPackage;
    }

    ExecutionProvider executionProvider() {
        return devices.get(0).executionProvider();
    }

    /** Bytes of one of its frames. */
    int frameBytes() {
        return modelPackage.manifest().input().frameBytes();
    }

    /** Its session on one device (all run on CPU where CUDA could not be used); only to be run by who holds a lease. */
    DeviceSession on(int device) {
        return devices.get(device % devices.size());
    }

    /** How many of so many frames its next run takes; {@code crowded} as in {@link RunSizes}. */
    int part(int waiting, boolean crowded) {
        return runSizes.part(executionProvider(), waiting, crowded);
    }

    /** How many frames a part of so many has to run; the padding's answers are beyond the part's. */
    int padded(int part) {
        return runSizes.padded(executionProvider(), part);
    }

    /** A frame that this model is known to answer: if it fails, the device is at fault and not the frame. */
    ByteBuffer controlFrame() {
        return controlFrame;
    }

    /** Keeps the session open until {@link #release()}; false where it is closed already. */
    synchronized boolean tryLease() {
        if (isClosing()) {
            return false;
        }
        leases++;
        return true;
    }

    synchronized boolean isLeased() {
        return leases > 0;
    }

    void release() {
        synchronized (this) {
            leases--;
            if (!retired || leases > 0) {
                return;
            }
        }
        close();
    }

    /** Keeps the model open until it is retired, also if it was on its way out; false where it has closed. */
    synchronized boolean adopt() {
        if (isClosing()) {
            return false;
        }
        retired = false;
        return true;
    }

    /** Whether it is too late to {@link #adopt()} it. */
    synchronized boolean isClosing() {
        return retired && leases == 0;
    }

    /** Serves nobody new; closes when the last lease ends, at once where there is none. */
    void retire() {
        if (retired()) {
            close();
        }
    }

    /** Marks it retired; true where the caller has to close it, since no lease is left to do so. */
    synchronized boolean retired() {
        if (retired) {
            return false;
        }
        retired = true;
        return leases == 0;
    }

    /** Called once its sessions are closed; set before it is shared. */
    void onClosed(Runnable action) {
        onClosed = action;
    }

    /** To be called by whoever {@link #retired()} told to, and nobody else. */
    void close() {
        try {
            closer.execute(this::closeNow);
        } catch (RejectedExecutionException e) {
            // A load that ended after its runtime did.
            closeNow();
        }
    }

    private void closeNow() {
        try {
            closeAll(devices.iterator());
        } finally {
            ModelCache.remove(modelPackage.directory());
            onClosed.run();
        }
    }

    /** The others too, where one cannot be closed. */
    private static void closeAll(Iterator<DeviceSession> sessions) {
        if (sessions.hasNext()) {
            try {
                sessions.next().close();
            } finally {
                closeAll(sessions);
            }
        }
    }

    /**
     * The predictions of one frame of a batch.
     *
     * @throws IllegalStateException where the model answered something that is no probability or no class of it
     */
    List<Prediction> predictions(TopK answers, int frame) {
        List<String> labels = modelPackage.manifest().labels();
        int k = Math.min(topK, answers.k());
        List<Prediction> predictions = new ArrayList<>(k);
        for (int i = frame * answers.k(); i < frame * answers.k() + k; i++) {
            float probability = answers.probabilities()[i];
            long index = answers.classes()[i];
            if (!Float.isFinite(probability) || index < 0 || index >= labels.size()) {
                throw new IllegalStateException(
                        "the model answered probability " + probability + " for class " + index);
            }
            predictions.add(new Prediction(labels.get((int) index), (int) index, probability));
        }
        // The graph's order already, but for ties on some execution providers.
        predictions.sort(BEST_FIRST);
        return predictions;
    }
}
