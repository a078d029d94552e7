package io.alexstream.serving;

import io.alexstream.inference.ExecutionProvider;
import java.util.List;

/**
 * How many frames one run takes of those that wait. CUDA runs a batch at once, padded to a size that is allowed, since each
 * new size would tune the convolutions again. A CPU runs a large batch in parts, so that the first answers leave while the rest
 * still runs; at once only where it is the limit, since parts cost some of what it can do. Immutable.
 */
final class RunSizes {

    /**
     * On CPU. With two threads a frame of AlexNet, whose large weights gain most from batches, takes 18.3 ms in runs of 8, 16.8
     * in runs of 16 and 15.6 in runs of 32 (medians of 50 on two cores). Batches grow that large where there is little to spare,
     * so those of up to three quarters of the default size stay whole.
     */
    private static final int WHOLE = 24;

    /** Where there are more threads, so that no run is too short for them: it takes as long then as it does with two. */
    private static final int WHOLE_A_THREAD = 12;

    private final List<Integer> allowed;
    private final int wholeOnCpu;

    /**
     * @param allowed on CUDA, rising; the last is the largest batch
     * @param threads that share a run on CPU
     */
    RunSizes(List<Integer> allowed, int threads) {
        this.allowed = List.copyOf(allowed);
        this.wholeOnCpu = Math.max(WHOLE, WHOLE_A_THREAD * threads);
    }

    int largestBatch() {
        return allowed.get(allowed.size() - 1);
    }

    /**
     * How many of so many frames the next run takes.
     *
     * @param waiting 1 or more
     * @param crowded whether as many again wait behind them: the device is the limit then, and throughput counts
     */
    int part(ExecutionProvider provider, int waiting, boolean crowded) {
        if (crowded || provider == ExecutionProvider.CUDA) {
            return waiting;
        }
        // Of one size: 24 frames took 18.9 ms each as 12 and 12, 19.6 as 16 and 8, 18.3 at once (medians of 25).
        return ceilDiv(waiting, ceilDiv(waiting, wholeOnCpu));
    }

    private static int ceilDiv(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    /** How many frames a part of so many has to run; on CUDA whatever lies behind it in the buffer fills it up. */
    int padded(ExecutionProvider provider, int part) {
        if (provider != ExecutionProvider.CUDA) {
            return part;
        }
        for (int size : allowed) {
            if (size >= part) {
                return size;
            }
        }
        return part;
    }

    /** What has to run once before it serves; on CPU a size costs nothing at its first run. */
    List<Integer> warmUp(ExecutionProvider provider) {
        return provider == ExecutionProvider.CUDA ? allowed : List.of(allowed.get(0), largestBatch());
    }
}
