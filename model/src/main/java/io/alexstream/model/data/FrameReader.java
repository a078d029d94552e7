package io.alexstream.model.data;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.DecoderKind;
import io.alexstream.image.EncodedImage;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageException;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.PreparedImage;
import io.alexstream.image.UriPolicy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * URIs to frames, through the very classes that serve. Safe for concurrent use, as these are; the caller closes.
 */
public final class FrameReader implements AutoCloseable {

    private final ImageFetcher fetcher;
    private final FramePreprocessor preprocessor;

    /** @param allowedUris as the job's {@code image.allowed-uris} */
    public FrameReader(List<String> allowedUris) {
        fetcher = new ImageFetcher(UriPolicy.of(allowedUris), FetchLimits.ofDefaults());
        preprocessor = new FramePreprocessor(ImageLimits.ofDefaults(), DecoderKind.IMAGEIO.open(), true);
    }

    /**
     * Fetches, decodes, resizes and crops.
     *
     * @return {@link InputSpec#frameBytes()} bytes: rows from the top, RGB
     * @throws ImageException where it is no usable image
     */
    public byte[] read(String uri, InputSpec input) {
        return read(uri, List.of(input)).get(0);
    }

    /**
     * Fetches and decodes once, resizes and crops for each of the inputs.
     *
     * @return a frame an input, in their order
     * @throws ImageException where it is no usable image
     */
    public List<byte[]> read(String uri, List<InputSpec> inputs) {
        InputSpec largest = Collections.max(inputs, Comparator.comparingInt(InputSpec::resize));
        List<byte[]> frames = new ArrayList<>();
        try (EncodedImage encoded = fetcher.fetch(uri);
                PreparedImage image = preprocessor.prepare(encoded.bytes(), largest)) {
            for (InputSpec input : inputs) {
                byte[] frame = new byte[input.frameBytes()];
                image.writeFrame(input, ByteBuffer.wrap(frame));
                frames.add(frame);
            }
        }
        return frames;
    }

    @Override
    public void close() {
        fetcher.close();
    }
}
