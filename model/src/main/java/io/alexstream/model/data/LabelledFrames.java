package io.alexstream.model.data;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.Stage;
import io.alexstream.image.ImageException;
import io.alexstream.model.data.TrainingSet.Example;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * The frames of labelled images, each read once to see that it can be, and kept while memory lasts; others are decoded again
 * whenever they are asked for. Safe for concurrent use: frames are kept in an atomic array, the rest is immutable.
 */
public final class LabelledFrames {

    /** An image that cannot be a frame, and why. */
    public record Unreadable(LabelledImage image, String reason) {}

    /** Images whose reading is under way or done and not yet looked at; some per thread of any machine. */
    private static final int AHEAD = 64;

    /** Before an image is fetched again that could be read before: a server's bad second, not its outage, is waited for. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(3));

    private static final byte[] NOT_KEPT = new byte[0];
    private static final Future<byte[]> DROPPED = CompletableFuture.completedFuture(NOT_KEPT);

    private final FrameReader reader;
    private final InputSpec input;
    private final List<Example> examples;
    private final AtomicLong budget;
    private final AtomicReferenceArray<byte[]> kept;

    private LabelledFrames(FrameReader reader, InputSpec input, List<Example> examples, AtomicLong budget) {
        this.reader = reader;
        this.input = input;
        this.examples = examples;
        this.budget = budget;
        this.kept = new AtomicReferenceArray<>(examples.size());
    }

    /**
     * Reads every image once.
     *
     * @param reader is used as long as the result is
     * @param budget bytes left for frames that are kept; shared with other sets
     * @param unreadable gets those that cannot be used; the result has the others only
     * @param done called from this thread after each image with how many are
     */
    public static LabelledFrames read(
            List<Example> examples,
            InputSpec input,
            FrameReader reader,
            AtomicLong budget,
            ExecutorService threads,
            List<Unreadable> unreadable,
            IntConsumer done) {
        List<Future<byte[]>> reads = new ArrayList<>();
        List<Example> good = new ArrayList<>();
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0, submitted = 0; i < examples.size(); i++) {
            // Only so many ahead: finished frames wait in their futures.
            for (; submitted < examples.size() && submitted < i + AHEAD; submitted++) {
                String uri = examples.get(submitted).image().uri();
                reads.add(threads.submit(() -> reader.read(uri, input)));
            }
            try {
                byte[] frame = reads.get(i).get();
                good.add(examples.get(i));
                frames.add(take(budget, frame.length) ? frame : NOT_KEPT);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof ImageException)) {
                    throw new IllegalStateException("reading images failed", e.getCause());
                }
                unreadable.add(new Unreadable(
                        examples.get(i).image(), String.valueOf(e.getCause().getMessage())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TrainingDataException("interrupted while reading images");
            }
            reads.set(i, DROPPED);
            done.accept(i + 1);
        }
        LabelledFrames result = new LabelledFrames(reader, input, List.copyOf(good), budget);
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i) != NOT_KEPT) {
                result.kept.set(i, frames.get(i));
            }
        }
        return result;
    }

    /**
     * The same frames for some of the examples, perhaps as other classes.
     *
     * @param some in the order of these
     */
    LabelledFrames only(List<Example> some) {
        LabelledFrames result = new LabelledFrames(reader, input, List.copyOf(some), budget);
        int from = 0;
        for (int i = 0; i < some.size(); i++) {
            while (!examples.get(from).image().equals(some.get(i).image())) {
                from++;
            }
            result.kept.set(i, kept.get(from++));
        }
        return result;
    }

    private static boolean take(AtomicLong budget, int bytes) {
        if (budget.addAndGet(-bytes) >= 0) {
            return true;
        }
        budget.addAndGet(bytes);
        return false;
    }

    public List<Example> examples() {
        return examples;
    }

    public int size() {
        return examples.size();
    }

    /** What each frame is. */
    public InputSpec input() {
        return input;
    }

    /**
     * The frame of an example; not to be changed.
     *
     * @throws TrainingDataException where it could be read once, and no more
     */
    public byte[] frame(int index) {
        byte[] frame = kept.get(index);
        if (frame != null) {
            return frame;
        }
        LabelledImage image = examples.get(index).image();
        try {
            byte[] read = readAgain(image.uri());
            if (take(budget, read.length) && !kept.compareAndSet(index, null, read)) {
                budget.addAndGet(read.length);
            }
            return read;
        } catch (ImageException e) {
            throw new TrainingDataException(
                    image.shown() + " could be read before, and now cannot: " + e.getMessage(), e);
        }
    }

    /** A server's bad second must not end hours of training; what is wrong with the image itself stays so. */
    private byte[] readAgain(String uri) {
        for (Duration pause : PAUSES) {
            try {
                return reader.read(uri, input);
            } catch (ImageException e) {
                if (e.stage() != Stage.FETCH || e.reason() == DeadLetterReason.FORBIDDEN_URI) {
                    throw e;
                }
                LockSupport.parkNanos(pause.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
        return reader.read(uri, input);
    }
}
