package io.alexstream.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
 * {@code renice} lowers them, which all but the smallest Linux systems have; elsewhere, and where it is missing, they keep the usual priority.
 * Safe for concurrent use.
 */
final class LowPriority {

    private static final Logger LOG = LoggerFactory.getLogger(LowPriority.class);

    /**
     * Of 0 to 19. Beside one busy thread of the usual priority 15 leaves a thirtieth of a core (36 to 1024, {@code
     * sched_prio_to_weight} in Linux's kernel/sched/core.c), 19 a seventieth, and 10, a tenth, is still felt. A load has to end
     * also on a machine that always has something better to do.
     */
    static final int NICENESS = 15;

    /** It takes 5 ms. */
    private static final long RENICE_SECONDS = 5;

    /** Leads to the calling thread's own folder, which is called as Linux calls the thread. */
    private static final Path THREAD = Path.of("/proc/thread-self");

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
        CompletableFuture<Path> thread = new CompletableFuture<>();
        CompletableFuture<T> result = new CompletableFuture<>();
        CountDownLatch lowered = new CountDownLatch(1);
        Thread worker = threads.newThread(() -> {
            try {
                thread.complete(Files.exists(THREAD) ? THREAD.toRealPath() : THREAD);
                Waiting.uninterrupted(lowered::await);
                result.complete(work.get());
            } catch (Throwable t) {
                thread.complete(THREAD);
                result.completeExceptionally(t);
            }
        });
        worker.start();
        // From here: Java starts a thread that waits for the program, which would inherit the low priority.
        lower(thread.join());
        lowered.countDown();
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

    private void lower(Path thread) {
        if (thread.equals(THREAD)) {
            tell("this is not Linux");
            return;
        }
        try {
            Process renice = new ProcessBuilder(
                            "renice",
                            "-n",
                            String.valueOf(NICENESS),
                            "-p",
                            thread.getFileName().toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!renice.waitFor(RENICE_SECONDS, TimeUnit.SECONDS)) {
                renice.destroyForcibly();
                tell("renice does not end");
            } else if (renice.exitValue() != 0) {
                tell("renice ends with " + renice.exitValue());
            }
        } catch (IOException e) {
            tell(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            // For the work: it ends at once, if it can be ended.
            Thread.currentThread().interrupt();
        }
    }

    private void tell(String reason) {
        if (told.compareAndSet(false, true)) {
            LOG.info("Models load at the same priority as images are served, which are slower meanwhile: {}", reason);
        }
    }
}
