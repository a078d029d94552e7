package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the bytes that image references name: within the policy, and bounded in size, time and memory. Safe for
 * concurrent use by many threads, each of which blocks for its own fetch; owns its connections and closes them.
 */
public final class ImageFetcher implements AutoCloseable {

    private final UriPolicy policy;
    private final FetchLimits limits;
    private final ByteBudget budget;
    private final Map<String, ByteSource> sources;
    private volatile boolean closed;

    public ImageFetcher(UriPolicy policy, FetchLimits limits) {
        this(policy, limits, InetAddress::getAllByName);
    }

    ImageFetcher(UriPolicy policy, FetchLimits limits, HostResolver resolver) {
        this.policy = policy;
        this.limits = limits;
        this.budget = new ByteBudget(limits.memoryBudget());
        this.sources = sources(policy, limits, resolver);
    }

    /**
     * Fetches one image; the caller closes it. Blocks for the timeout at most, and while other images hold the memory.
     *
     * @throws ImageException if the image cannot be had, whatever the reason
     * @throws CancellationException if the thread was interrupted (the flag is set again) or the fetcher closed
     */
    public EncodedImage fetch(String uri) {
        OngoingFetch fetch = new OngoingFetch(uri, policy.admit(uri), limits, budget);
        ByteSource source = sources.get(ParsedUri.schemeOf(uri));
        if (closed || source == null) {
            throw new CancellationException("the image fetcher is closed");
        }
        try {
            return source.read(fetch);
        } catch (InterruptedException | ClosedByInterruptException e) {
            throw interrupted(e);
        } catch (ImageException | CancellationException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Clients of object stores and the HTTP client throw unchecked exceptions for what a URI or server did.
            throw failed(fetch, e);
        }
    }

    /**
     * Closes every connection, which ends the fetches under way, but for those that wait for memory or a file: these
     * end when their thread is interrupted. Calling it again does nothing.
     */
    @Override
    public void close() {
        closed = true;
        new LinkedHashSet<>(sources.values()).forEach(ByteSource::close);
    }

    /** For tests: nothing may stay taken when every image is closed. */
    long freeBytes() {
        return budget.freeBytes();
    }

    private RuntimeException failed(OngoingFetch fetch, Exception cause) {
        if (closed || Thread.currentThread().isInterrupted()) {
            return cancelled(cause);
        }
        String problem =
                cause instanceof AccessDeniedException ? "access is denied" : UriText.oneLine(cause.toString());
        return fetch.failure(DeadLetterReason.FETCH_FAILED, "the image could not be read: " + problem, cause);
    }

    private static RuntimeException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        return cancelled(cause);
    }

    private static RuntimeException cancelled(Exception cause) {
        CancellationException cancelled = new CancellationException("the fetch was cancelled: the runtime closes");
        cancelled.initCause(cause);
        return cancelled;
    }

    private static Map<String, ByteSource> sources(UriPolicy policy, FetchLimits limits, HostResolver resolver) {
        @Nullable
        ByteSource web =
                policy.schemes().stream().anyMatch(HttpAuthority::isWeb) ? new HttpSource(limits, resolver) : null;
        Map<String, ByteSource> sources = new HashMap<>();
        for (String scheme : policy.schemes()) {
            sources.put(
                    scheme,
                    switch (scheme) {
                        case "data" -> new DataSource();
                        case "file" -> new FileSource(policy.fileRoots());
                        case "http", "https" -> Objects.requireNonNull(web);
                        default -> new FlinkFileSystemSource();
                    });
        }
        return Map.copyOf(sources);
    }
}
