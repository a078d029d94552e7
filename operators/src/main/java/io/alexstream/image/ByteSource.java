package io.alexstream.image;

import java.io.IOException;

/**
 * Where the bytes of an image lie: one implementation for each kind of URI. Safe for concurrent use; blocks the calling
 * thread. Closed by the fetcher, once.
 */
interface ByteSource extends AutoCloseable {

    /**
     * Reads the image that an admitted URI names; the caller closes it. An IOException becomes FETCH_FAILED, anything
     * more exact is an {@link ImageException}.
     */
    EncodedImage read(OngoingFetch fetch) throws IOException, InterruptedException;

    @Override
    default void close() {}
}
