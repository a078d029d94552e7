package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.io.Serial;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/**
 * Images on web servers. The host's addresses are looked up and checked here, and the connection goes to the very
 * address that was checked, so a name that resolves otherwise the next time (rebinding) gains nothing. Safe for
 * concurrent use.
 */
final class HttpSource implements ByteSource {

    private final CloseableHttpClient client;
    private final BoundedLookup lookup;
    private final Watchdog watchdog;
    private volatile boolean closed;

    HttpSource(FetchLimits limits, HostResolver resolver) {
        this.client = ImageHttpClient.create(limits.timeout());
        this.lookup = new BoundedLookup(resolver);
        this.watchdog = new Watchdog();
    }

    @Override
    public EncodedImage read(OngoingFetch fetch) throws IOException, InterruptedException {
        HttpAuthority authority =
                HttpAuthority.parse(fetch.uri().scheme(), fetch.uri().authority());
        InetAddress[] addresses = addresses(fetch, authority);
        Attempts attempts = new Attempts(fetch.limits().retries(), addresses.length);
        while (true) {
            InetAddress address = addresses[attempts.address()];
            try {
                return exchange(fetch, new HttpHost(fetch.uri().scheme(), address, authority.host(), authority.port()));
            } catch (IOException e) {
                throwUnlessAnotherFollows(fetch, attempts, e);
            }
        }
    }

    private void throwUnlessAnotherFollows(OngoingFetch fetch, Attempts attempts, IOException failure)
            throws IOException {
        if (closed || Thread.currentThread().isInterrupted()) {
            throw failure;
        }
        if (fetch.deadline().isOver()) {
            throw fetch.timedOut(failure);
        }
        if (attempts.anotherAfter(failure)) {
            return;
        }
        if (failure instanceof ServerErrorException error) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "the server answered " + error.status, error);
        }
        throw failure;
    }

    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
        lookup.close();
        watchdog.close();
    }

    private InetAddress[] addresses(OngoingFetch fetch, HttpAuthority authority)
            throws IOException, InterruptedException {
        InetAddress[] addresses = lookup.resolve(authority.host(), fetch);
        if (!authority.isLiteral() && !Arrays.stream(addresses).allMatch(PublicAddress::isPublic)) {
            throw fetch.failure(
                    DeadLetterReason.FORBIDDEN_URI,
                    "the host's name leads to a private or local address; list the address itself to allow it",
                    null);
        }
        return addresses;
    }

    private EncodedImage exchange(OngoingFetch fetch, HttpHost target) throws IOException, InterruptedException {
        HttpUriRequestBase request =
                new HttpUriRequestBase("GET", URI.create(fetch.uri().uri().toASCIIString()));
        Watchdog.Watch watch = watchdog.watch(fetch.deadline(), request::cancel);
        try (ClassicHttpResponse response = client.executeOpen(target, request, null)) {
            try {
                return body(fetch, response);
            } catch (Throwable e) {
                // Closing the response would first read the rest of its body, however long.
                request.cancel();
                throw e;
            }
        } finally {
            watch.close();
        }
    }

    private static EncodedImage body(OngoingFetch fetch, ClassicHttpResponse response)
            throws IOException, InterruptedException {
        int status = response.getCode();
        if (status >= 500) {
            throw new ServerErrorException(status);
        }
        if (status >= 300 && status < 400) {
            throw fetch.failure(
                    DeadLetterReason.FETCH_FAILED,
                    "the server answered " + status + ", and redirects are not followed",
                    null);
        }
        HttpEntity entity = response.getEntity();
        if (status != 200 || entity == null) {
            throw fetch.failure(DeadLetterReason.FETCH_FAILED, "the server answered " + status, null);
        }
        refuseEncoded(fetch, entity.getContentEncoding());
        long length = entity.getContentLength();
        return length >= 0 ? fetch.read(entity.getContent(), length) : fetch.read(entity.getContent());
    }

    /** Nobody asked for an encoding, and to inflate one would be to trust in its size. */
    private static void refuseEncoded(OngoingFetch fetch, @Nullable String encoding) {
        if (encoding != null && !encoding.isBlank() && !encoding.strip().equalsIgnoreCase("identity")) {
            throw fetch.failure(
                    DeadLetterReason.FETCH_FAILED,
                    "the server answered with the content encoding '" + UriText.oneLine(encoding)
                            + "', which was not asked for; let it send images as they are",
                    null);
        }
    }

    /** Worth another attempt, unlike any other answer. */
    private static final class ServerErrorException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final int status;

        ServerErrorException(int status) {
            super("status " + status);
            this.status = status;
        }
    }
}
