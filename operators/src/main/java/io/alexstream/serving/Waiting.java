package io.alexstream.serving;

/** Waits that must not be cut short: a task that is cancelled must still free its model. */
final class Waiting {

    private Waiting() {}

    /** Waits until {@code wait} returns, also where the caller is interrupted meanwhile; the flag is kept for later. */
    static void uninterrupted(Wait wait) {
        boolean interrupted = Thread.interrupted();
        while (true) {
            try {
                wait.run();
                break;
            } catch (InterruptedException e) {
                // Flink interrupts a task that takes long to cancel, again and again.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the thread has ended; an interrupt of the caller is the thread's. */
    static void passingInterruptsTo(Thread thread) {
        while (true) {
            try {
                thread.join();
                return;
            } catch (InterruptedException e) {
                thread.interrupt();
            }
        }
    }

    /** A wait with an end of its own. */
    interface Wait {
        void run() throws InterruptedException;
    }
}
