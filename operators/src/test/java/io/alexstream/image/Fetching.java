package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.time.Duration;
import java.util.List;

/** What the tests of fetching share: a fetcher with small limits, and what every refusal must look like. */
final class Fetching implements AutoCloseable {

    static final long MAX_BYTES = 10_000;
    static final long MAX_INLINE = 2_000;
    static final long BUDGET = 3 * 10_240;
    /** Far longer than any exchange with this machine takes. */
    static final Duration LONG = Duration.ofSeconds(20);

    final ImageFetcher fetcher;

    private Fetching(ImageFetcher fetcher) {
        this.fetcher = fetcher;
    }

    static Fetching allowing(String... entries) {
        return new Fetching(new ImageFetcher(UriPolicy.of(List.of(entries)), limits(LONG, 0)));
    }

    static Fetching with(FetchLimits limits, String... entries) {
        return new Fetching(new ImageFetcher(UriPolicy.of(List.of(entries)), limits));
    }

    static Fetching resolving(HostResolver resolver, String... entries) {
        return new Fetching(new ImageFetcher(UriPolicy.of(List.of(entries)), limits(LONG, 0), resolver));
    }

    static FetchLimits limits(Duration timeout, int retries) {
        return new FetchLimits(MAX_BYTES, MAX_INLINE, timeout, retries, BUDGET);
    }

    byte[] bytes(String uri) {
        try (EncodedImage image = fetcher.fetch(uri)) {
            return image.bytes();
        }
    }

    /** Asserts the reason, that the message is one short line, and that no memory stays taken. */
    ImageException refused(String uri, DeadLetterReason reason) {
        return refused(uri, reason, Stage.FETCH);
    }

    ImageException refused(String uri, DeadLetterReason reason, Stage stage) {
        Throwable thrown = catchThrowable(() -> fetcher.fetch(uri).close());
        assertThat(thrown).isInstanceOf(ImageException.class);
        ImageException refusal = (ImageException) thrown;
        assertThat(refusal.reason()).as(refusal.getMessage()).isEqualTo(reason);
        assertThat(refusal.stage()).isEqualTo(stage);
        assertThat(refusal.getMessage()).hasSizeLessThan(500).doesNotContainPattern("\\p{Cntrl}");
        assertThat(fetcher.freeBytes()).isEqualTo(BUDGET);
        return refusal;
    }

    @Override
    public void close() {
        assertThat(fetcher.freeBytes()).as("memory after all images are closed").isEqualTo(BUDGET);
        fetcher.close();
    }
}
