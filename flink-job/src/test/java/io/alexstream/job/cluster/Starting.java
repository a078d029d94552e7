package io.alexstream.job.cluster;

import java.util.concurrent.Callable;

/** What has to be tidied where a start fails half-way: nobody holds what would be closed. */
final class Starting {

    private Starting() {}

    /**
     * Starts something.
     *
     * @param begun closed, in this order, where the start fails
     */
    static <T> T orClose(Callable<T> start, AutoCloseable... begun) throws Exception {
        try {
            return start.call();
        } catch (Exception | AssertionError e) {
            for (AutoCloseable each : begun) {
                try {
                    each.close();
                } catch (Exception suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            throw e;
        }
    }
}
