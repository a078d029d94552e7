package io.alexstream.serving;

import io.alexstream.batching.MicroBatch;
import io.alexstream.contract.Prediction;
import io.alexstream.inference.InferenceException;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Runs batches on one device and gives each of their frames an outcome, part by part as {@link RunSizes} divides them. A session
 * that the device loses is opened again, a bounded number of times, and the part runs again; then all its frames fail, and with
 * the runtime all others. A part that fails otherwise is run again frame by frame, with a frame in front that the model is known
 * to answer: if that one fails too, the device is at fault, and all frames and the runtime fail as well; else the frames that
 * fail alone are rejected, and their neighbours are answered. Safe for concurrent use: it has no state.
 */
final class BatchRunner {

    private final int device;
    private final InstantSource wallClock;

    /** @param device index into a model's sessions */
    BatchRunner(int device, InstantSource wallClock) {
        this.device = device;
        this.wallClock = wallClock;
    }

    /** @param crowded as in {@link RunSizes#part} */
    void run(MicroBatch<ServedModel, Frame> batch, boolean crowded) {
        // A lease of its own: frames that fail while the batch runs give theirs back, and the session must not close
        // yet.
        if (!batch.key().tryLease()) {
            batch.elements().forEach(frame -> frame.fail(new IllegalStateException("the model is closed")));
            return;
        }
        try {
            runLeased(batch, crowded);
        } finally {
            batch.key().release();
        }
    }

    private void runLeased(MicroBatch<ServedModel, Frame> batch, boolean crowded) {
        ServedModel model = batch.key();
        for (int from = 0; from < batch.size(); ) {
            int to = from + model.part(batch.size() - from, crowded);
            int offset = from * model.frameBytes();
            ByteBuffer bytes = batch.buffer();
            runPart(model, batch.elements().subList(from, to), bytes.slice(offset, bytes.capacity() - offset));
            from = to;
        }
    }

    /** @param bytes the frames', from position 0; what lies behind them pads them */
    private void runPart(ServedModel model, List<Frame> frames, ByteBuffer bytes) {
        if (frames.stream().allMatch(frame -> frame.outcome().isDone())) {
            // The runtime has failed or is closing: nobody waits for the answers.
            return;
        }
        DeviceSession session = model.on(device);
        while (true) {
            long generation = session.generation();
            try {
                answer(model, frames, session.run(bytes, model.padded(frames.size())));
                return;
            } catch (InferenceException e) {
                if (!e.isRetryable()) {
                    runOneByOne(model, frames, bytes, session, e);
                    return;
                }
                if (!session.rebuild(generation, e)) {
                    throw broken(frames, e);
                }
            }
        }
    }

    private void answer(ServedModel model, List<Frame> frames, TopK answers) {
        Instant now = wallClock.instant();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            try {
                List<Prediction> predictions = model.predictions(answers, i);
                frame.complete(new FrameOutcome.Predicted(model.ref(), predictions, now));
            } catch (IllegalStateException | IllegalArgumentException e) {
                // No probability, or no class of the model: this frame's answer is none.
                frame.reject(e);
            }
        }
    }

    private void runOneByOne(
            ServedModel model,
            List<Frame> frames,
            ByteBuffer bytes,
            DeviceSession session,
            InferenceException partFailure) {
        try {
            session.run(model.controlFrame(), 1);
        } catch (InferenceException e) {
            e.addSuppressed(partFailure);
            throw broken(frames, e);
        }
        int frameBytes = model.frameBytes();
        for (int i = 0; i < frames.size(); i++) {
            runAlone(model, session, frames.get(i), bytes.slice(i * frameBytes, frameBytes));
        }
    }

    /** Fails the frames; thrown on, it ends the runtime, so that the subtasks that Flink restores get a new one. */
    private static InferenceException broken(List<Frame> frames, InferenceException e) {
        frames.forEach(frame -> frame.fail(e));
        return e;
    }

    private void runAlone(ServedModel model, DeviceSession session, Frame frame, ByteBuffer bytes) {
        try {
            answer(model, List.of(frame), session.run(bytes, 1));
        } catch (InferenceException e) {
            if (e.isRetryable()) {
                frame.fail(e);
                throw e;
            }
            frame.reject(e);
        }
    }
}
