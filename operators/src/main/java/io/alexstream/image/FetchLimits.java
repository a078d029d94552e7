package io.alexstream.image;

import java.time.Duration;
import java.util.Objects;

/**
 * What one fetch, and all fetches together, may take.
 *
 * @param maxBytes most bytes of one encoded image
 * @param maxInlineBytes most characters of a {@code data:} URI, which is kept in checkpointed state as it is
 * @param timeout longest duration of one fetch, all retries included; time spent waiting for memory does not count
 * @param retries further attempts over http(s) after a broken exchange or a status 5xx
 * @param memoryBudget bytes of encoded images held at once over all threads; at least {@code maxBytes} and
 *     {@code maxInlineBytes}, so that one image always fits
 */
public record FetchLimits(long maxBytes, long maxInlineBytes, Duration timeout, int retries, long memoryBudget) {

    private static final long MEBIBYTE = 1024L * 1024;
    /** Some virtual machines cannot make an array of the full Integer.MAX_VALUE. */
    private static final long LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    public FetchLimits {
        check(maxBytes >= 1 && maxBytes <= LARGEST_ARRAY, "maxBytes must be 1 to " + LARGEST_ARRAY, maxBytes);
        check(
                maxInlineBytes >= 1 && maxInlineBytes <= LARGEST_ARRAY,
                "maxInlineBytes must be 1 to " + LARGEST_ARRAY,
                maxInlineBytes);
        Objects.requireNonNull(timeout, "timeout");
        check(
                timeout.toMillis() >= 1 && timeout.compareTo(Duration.ofDays(1)) <= 0,
                "timeout must be 1 ms to 1 day",
                timeout);
        check(retries >= 0, "retries must not be negative", retries);
        check(
                memoryBudget >= Math.max(maxBytes, maxInlineBytes),
                "memoryBudget must hold one image of maxBytes",
                memoryBudget);
    }

    /** The defaults of the job's options; the budget is what its 16 fetch threads take if two in three fetch the largest. */
    public static FetchLimits ofDefaults() {
        return new FetchLimits(20 * MEBIBYTE, MEBIBYTE / 2, Duration.ofSeconds(10), 0, 256 * MEBIBYTE);
    }

    private static void check(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", was " + value);
        }
    }
}
