package io.alexstream.model.evaluate;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.ImageException;
import io.alexstream.inference.SessionFactory;
import io.alexstream.model.data.DaemonThreads;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.data.LabelledFrames.Unreadable;
import io.alexstream.model.data.LabelledImage;
import io.alexstream.serving.ModelPackage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Asks packages about labelled images, with the very decoder and runtime that serve. An image is fetched and decoded once,
 * however many packages are asked, on threads of its own beside the runs. Safe for concurrent use: it keeps no state.
 */
public final class Evaluator {

    /** Told on the calling thread. */
    public interface Listener {

        /** So many of all images were looked at. */
        void evaluated(int done, int total);
    }

    /**
     * What came of it.
     *
     * @param packages in the order asked; all about the same images
     * @param unreadable images that no package was asked about
     */
    public record Result(List<PackageAnswers> packages, List<Unreadable> unreadable) {

        public Result {
            packages = List.copyOf(packages);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** Pixels that wait for a batch, together; some of any size are read ahead in any case. */
    private static final long AHEAD_BYTES = 64L << 20;

    private final FrameReader reader;
    private final SessionFactory sessions;
    private final int threads;

    /**
     * @param reader is used and not closed
     * @param sessions say on which device
     * @param threads that read images
     */
    public Evaluator(FrameReader reader, SessionFactory sessions, int threads) {
        this.reader = reader;
        this.sessions = sessions;
        this.threads = threads;
    }

    /**
     * Asks all of them about all images.
     *
     * @throws EvaluationException where a package's parts do not fit together, no image can be read, or the thread is interrupted
     * @throws io.alexstream.inference.InferenceException where a package cannot be run
     */
    public Result evaluate(List<ModelPackage> packages, List<LabelledImage> images, Crops crops, Listener listener) {
        List<PackageRun> runs = new ArrayList<>();
        try {
            packages.forEach(one -> runs.add(new PackageRun(one, crops, sessions)));
            List<Unreadable> unreadable = ask(runs, images, listener);
            if (unreadable.size() == images.size()) {
                throw new EvaluationException(
                        images.isEmpty()
                                ? "there are no images to evaluate on"
                                : "none of the " + images.size() + " images can be read, the first one since "
                                        + unreadable.get(0).reason());
            }
            return new Result(runs.stream().map(PackageRun::finish).toList(), unreadable);
        } finally {
            runs.forEach(PackageRun::close);
        }
    }

    private List<Unreadable> ask(List<PackageRun> runs, List<LabelledImage> images, Listener listener) {
        List<InputSpec> inputs = runs.stream().map(PackageRun::read).distinct().toList();
        long bytes = inputs.stream().mapToLong(InputSpec::frameBytes).sum();
        int ahead = (int) Math.max(2L * threads, AHEAD_BYTES / Math.max(1, bytes));
        List<Unreadable> unreadable = new ArrayList<>();
        ArrayDeque<Future<List<byte[]>>> reads = new ArrayDeque<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads, DaemonThreads.named("read-images"));
        try {
            for (int i = 0, submitted = 0; i < images.size(); i++) {
                for (; submitted < images.size() && submitted < i + ahead; submitted++) {
                    String uri = images.get(submitted).uri();
                    reads.add(pool.submit(() -> reader.read(uri, inputs)));
                }
                LabelledImage image = images.get(i);
                try {
                    List<byte[]> frames = reads.remove().get();
                    runs.forEach(run -> run.add(image, frames.get(inputs.indexOf(run.read()))));
                } catch (ExecutionException e) {
                    unreadable.add(new Unreadable(image, reason(e)));
                }
                listener.evaluated(i + 1, images.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EvaluationException("interrupted while evaluating");
        } finally {
            pool.shutdownNow();
        }
        return unreadable;
    }

    private static String reason(ExecutionException failure) {
        if (failure.getCause() instanceof ImageException image) {
            return String.valueOf(image.getMessage());
        }
        throw new IllegalStateException("reading images failed", failure.getCause());
    }
}
