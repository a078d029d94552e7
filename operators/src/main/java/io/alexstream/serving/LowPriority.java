package io.alexstream.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what must not slow serving on threads that give way to all others. Java's own thread priorities do nothing on Linux, so
 * {@code renice} lowers them, which all but the smallest Linux systems have; elsewhere, and where it is missing, they keep the
 * usual priority. Threads that the work starts inherit the low one. Safe for concurrent use.
 */
final class LowPriority {

    private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);

    /**
     * Added to the usual niceness, mostly 0. Beside one busy thread 15 leaves a thirtieth of a core (36 to 1024, {@code
     * sched_prio_to_weight} in Linux's kernel/sched/core.c), 19 a seventieth, and 10, a tenth, is still felt. A load has to end
     * also on a machine that always has something better to do.
     */
    private static final int NICENESS = 15;

    /** Linux knows no lower priority. */
    private static final int MOST = 19;

    /** It takes 5 ms. */
    private static final long RENICE_SECONDS = 5;

    private final ThreadFactory threads;
    private final AtomicBoolean told = new AtomicBoolean();

    LowPriority(ThreadFactory threads) {
        this.threads = threads;
    }

    /**
     * Returns what {@code work} returns, or throws what it throws. On a thread of its own, since one that was lowered can never
     * be raised again without privilege; an interrupt is passed on to it, and waited for.
     */
    <T> T call(Supplier<T> work) {
        CompletableFuture<Optional<LinuxThread>> self = new CompletableFuture<>();
        CompletableFuture<T> result = new CompletableFuture<>();
        CountDownLatch lowered = new CountDownLatch(1);
        Thread worker = threads.newThread(() -> {
            try {
                self.complete(LinuxThread.current());
                Waiting.uninterrupted(lowered::await);
                result.complete(work.get());
            } catch (Throwable t) {
                self.complete(Optional.empty());
                result.completeExceptionally(t);
            }
        });
        worker.start();
        try {
            // From here: Java starts a thread that waits for the program, which would inherit the low priority.
            self.join().ifPresentOrElse(this::lower, () -> tell("this is not Linux"));
        } finally {
            lowered.countDown();
        }
        Waiting.passingInterruptsTo(worker);
        try {
            return result.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException exception ? exception : e;
        }
    }

    private void lower(LinuxThread thread) {
        String niceness = String.valueOf(Math.min(MOST, thread.niceness() + NICENESS));
        try {
            Process renice = new ProcessBuilder("renice", niceness, "-p", thread.id())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!renice.waitFor(RENICE_SECONDS, TimeUnit.SECONDS)) {
                renice.destroyForcibly();
                tell("renice does not end");
            } else if (renice.exitValue() != 0) {
                tell("renice ends with " + renice.exitValue());
            }
        } catch (InterruptedException e) {
            // For the work: it ends at once, if it can be ended.
            Thread.currentThread().interrupt();
        } catch (Throwable t) {
            // An error too, of no memory for another process, say: the work goes on nevertheless.
            tell(t.toString());
        }
    }

    private void tell(String reason) {
        if (told.compareAndSet(false, true)) {
            LOG.info("Models load at the same priority as images are served, which are slower meanwhile: {}", reason);
        }
    }

    /** As Linux knows it. */
    private record LinuxThread(String id, int niceness) {

        private static final Path STAT = Path.of("/proc/thread-self/stat");

        /** Counted from 0, behind the name in parentheses: proc_pid_stat(5) counts from 1, and the two before it. */
        private static final int NICENESS_FIELD = 16;

        /** Empty where this is no Linux. */
        static Optional<LinuxThread> current() {
            try {
                String stat = Files.readString(STAT);
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                return Optional.of(new LinuxThread(
                        stat.substring(0, stat.indexOf(' ')), Integer.parseInt(fields[NICENESS_FIELD])));
            } catch (IOException e) {
                return Optional.empty();
            }
        }
    }
}
