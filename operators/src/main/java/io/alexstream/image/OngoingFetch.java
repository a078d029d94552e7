package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One fetch: what is fetched, how much it may take, and until when. Confined to the fetching thread, but for the deadline. */
final class OngoingFetch {

    /**
     * Bytes asked for at a time. Reading a file takes a direct buffer as large as the request and keeps it with the
     * thread, and a task manager has little direct memory; 64 KiB is also as much as a socket usually has.
     */
    private static final int CHUNK = 64 * 1024;

    private final String text;
    private final @Nullable ParsedUri uri;
    private final FetchLimits limits;
    private final ByteBudget budget;
    private final Deadline deadline;

    OngoingFetch(String text, @Nullable ParsedUri uri, FetchLimits limits, ByteBudget budget) {
        this.text = text;
        this.uri = uri;
        this.limits = limits;
        this.budget = budget;
        this.deadline = new Deadline(limits.timeout(), System::nanoTime);
    }

    /** The reference as it came. */
    String text() {
        return text;
    }

    /** The reference taken apart; only {@code data:} URIs, which have their own source, have none. */
    ParsedUri uri() {
        if (uri == null) {
            throw new IllegalStateException("a data: URI has no parts");
        }
        return uri;
    }

    FetchLimits limits() {
        return limits;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Waits for memory; the clock stands still meanwhile, since no image is to blame for others' size. */
    ByteBudget.Share reserve(long bytes) throws InterruptedException {
        deadline.hold();
        try {
            return budget.take(bytes);
        } finally {
            deadline.letGo();
        }
    }

    /** Reads a stream of known length whole; the caller closes the image, and still the stream. */
    EncodedImage read(InputStream in, long length) throws IOException, InterruptedException {
        refuseLongerThanAllowed(length);
        ByteBudget.Share share = reserve(length);
        try {
            byte[] bytes = new byte[(int) length];
            int filled = 0;
            int count = 0;
            while (filled < bytes.length && (count = readChunk(in, bytes, filled)) >= 0) {
                filled += count;
            }
            if (filled < bytes.length || in.read() >= 0) {
                throw failure(
                        DeadLetterReason.FETCH_FAILED, "the image does not have the length that was announced", null);
            }
            return new EncodedImage(bytes, share);
        } catch (Throwable e) {
            share.close();
            throw e;
        }
    }

    /**
     * Reads a stream of unknown length to its end; the caller closes the image, and still the stream. While the parts
     * are joined, up to twice the bytes are held.
     */
    EncodedImage read(InputStream in) throws IOException, InterruptedException {
        ByteBudget.Share share = reserve(limits.maxBytes());
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream(CHUNK);
            byte[] chunk = new byte[CHUNK];
            int count;
            while ((count = readChunk(in, chunk, 0)) >= 0) {
                refuseLongerThanAllowed((long) out.size() + count);
                out.write(chunk, 0, count);
            }
            share.shrinkTo(out.size());
            return new EncodedImage(out.toByteArray(), share);
        } catch (Throwable e) {
            share.close();
            throw e;
        }
    }

    void refuseLongerThanAllowed(long length) {
        if (length > limits.maxBytes()) {
            throw failure(
                    DeadLetterReason.IMAGE_TOO_LARGE, "the image has more than " + limits.maxBytes() + " bytes", null);
        }
    }

    ImageException timedOut(@Nullable Throwable cause) {
        return failure(
                DeadLetterReason.FETCH_TIMEOUT,
                "the image did not arrive within " + limits.timeout().toMillis() + " ms",
                cause);
    }

    ImageException failure(DeadLetterReason reason, String problem, @Nullable Throwable cause) {
        return new ImageException(reason, Stage.FETCH, problem + ": " + UriText.of(text), cause);
    }

    private int readChunk(InputStream in, byte[] into, int at) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (deadline.isOver()) {
            throw timedOut(null);
        }
        return in.read(into, at, Math.min(CHUNK, into.length - at));
    }
}
