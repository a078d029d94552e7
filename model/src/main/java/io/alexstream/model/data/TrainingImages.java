package io.alexstream.model.data;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.data.LabelledFrames.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A training set whose every image was read: patches to train with, serving frames of those held out. Safe for concurrent
 * use; the caller closes.
 */
public final class TrainingImages implements AutoCloseable {

    /** Told while images are read, on the reading thread. */
    public interface Listener {

        /** So many of all images were looked at. */
        void read(int done, int total);

        /** This one is left out. */
        void unreadable(Unreadable image);
    }

    private final FrameReader reader;
    private final TrainingSet set;
    private final LabelledFrames train;
    private final LabelledFrames heldOut;
    private final int unreadable;

    private TrainingImages(
            FrameReader reader, List<String> labels, LabelledFrames train, LabelledFrames heldOut, int unreadable) {
        this.reader = reader;
        this.set = new TrainingSet(labels, train.examples(), heldOut.examples());
        this.train = train;
        this.heldOut = heldOut;
        this.unreadable = unreadable;
    }

    /**
     * Reads all images of the set once.
     *
     * @param input the frames of the network
     * @param maxBad most images that may be unreadable; they are left out
     * @param keepBytes memory for decoded frames
     * @throws TrainingDataException where more are unreadable, or what is left cannot be trained with
     */
    public static TrainingImages open(
            TrainingSet set,
            List<String> allowedUris,
            InputSpec input,
            int maxBad,
            long keepBytes,
            int threads,
            Listener listener) {
        TrainingImages images = read(set, allowedUris, input, maxBad, keepBytes, threads, listener);
        return images.checked(images.problems(set));
    }

    /**
     * The same for labels that anybody may write: a new class of which too little can be read is left out, and what else
     * is empty then is no reason to refuse the rest.
     */
    public static TrainingImages open(
            TrainingSet set,
            NewClasses admission,
            List<String> allowedUris,
            InputSpec input,
            int maxBad,
            long keepBytes,
            int threads,
            Listener listener) {
        TrainingImages images = read(set, allowedUris, input, maxBad, keepBytes, threads, listener)
                .admitted(admission);
        return images.checked(images.set.problems());
    }

    private static TrainingImages read(
            TrainingSet set,
            List<String> allowedUris,
            InputSpec input,
            int maxBad,
            long keepBytes,
            int threads,
            Listener listener) {
        FrameReader reader = new FrameReader(allowedUris);
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("read-images"));
        try {
            List<Unreadable> bad = new ArrayList<>();
            AtomicLong budget = new AtomicLong(keepBytes);
            int total = set.train().size() + set.heldOut().size();
            LabelledFrames heldOut = LabelledFrames.read(
                    set.heldOut(), input, reader, budget, pool, bad, done -> listener.read(done, total));
            int first = set.heldOut().size();
            LabelledFrames train = LabelledFrames.read(
                    set.train(), patches(input), reader, budget, pool, bad, done -> listener.read(first + done, total));
            bad.forEach(listener::unreadable);
            if (bad.size() > maxBad) {
                throw new TrainingDataException(bad.size() + " of " + total
                        + " images cannot be read (listed above), --max-bad allows " + maxBad);
            }
            return new TrainingImages(reader, set.labels(), train, heldOut, bad.size());
        } catch (RuntimeException | Error e) {
            reader.close();
            throw e;
        } finally {
            pool.shutdownNow();
        }
    }

    /** What is left of a set after unreadable images were taken away must still be one, and each of its classes too. */
    private List<String> problems(TrainingSet before) {
        List<String> problems = new ArrayList<>(set.problems());
        List<String> emptied = new ArrayList<>(set.untrained());
        emptied.removeAll(before.untrained());
        emptied.forEach(label -> problems.add("no image of the class '" + label + "' can be read"));
        return problems;
    }

    private TrainingImages checked(List<String> problems) {
        if (!problems.isEmpty() || train.size() == 0) {
            close();
            throw new TrainingDataException(
                    problems.isEmpty() ? "no image to train with can be read" : String.join("; ", problems));
        }
        return this;
    }

    private TrainingImages admitted(NewClasses admission) {
        TrainingSet admitted = admission.admitted(set);
        return new TrainingImages(
                reader, admitted.labels(), train.only(admitted.train()), heldOut.only(admitted.heldOut()), unreadable);
    }

    /** Patches of the resized image's whole shorter side, from which crops are cut: 256 x 256 for AlexNet, as in 2012. */
    static InputSpec patches(InputSpec input) {
        return InputSpec.square(input.resize(), input.resize());
    }

    /** The readable part of the set. */
    public TrainingSet set() {
        return set;
    }

    /** Patches to cut crops from. */
    public LabelledFrames train() {
        return train;
    }

    /** Frames as serving sees them. */
    public LabelledFrames heldOut() {
        return heldOut;
    }

    /** How many were left out. */
    public int unreadable() {
        return unreadable;
    }

    @Override
    public void close() {
        reader.close();
    }
}
