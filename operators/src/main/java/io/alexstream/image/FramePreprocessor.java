package io.alexstream.image;

import io.alexstream.contract.InputSpec;

/**
 * Encoded image to pixels ready for cropping: checks, memory, decoder, orientation. Safe for concurrent use by many threads,
 * which share one budget for pixels.
 */
public final class FramePreprocessor {

    /**
     * How much larger than the resized picture one reduced in decoding must stay, so that the filter and not the decoder
     * decides what a frame looks like; the default of {@code reducing_gap} in Pillow's {@code Image.thumbnail}, which does the
     * same. What it changes is bounded by OpenCvDecoderTest and said in the README.
     */
    private static final int OVERSAMPLING = 2;

    private final ImageGate gate;
    private final ImageDecoder decoder;
    private final boolean applyExifOrientation;
    private final MemoryBudget budget;
    private final ResizePool resizes = new ResizePool();

    public FramePreprocessor(ImageLimits limits, ImageDecoder decoder, boolean applyExifOrientation) {
        this.gate = new ImageGate(limits);
        this.decoder = decoder;
        this.applyExifOrientation = applyExifOrientation;
        this.budget = new MemoryBudget(limits.memoryBudget());
    }

    /**
     * Decodes the image in its full size, for frames of any kind.
     *
     * @see #prepare(byte[], InputSpec)
     */
    public PreparedImage prepare(byte[] encoded) {
        return prepare(encoded, ImageDecoder.FULL_SIZE);
    }

    /**
     * Decodes the image for frames of this kind, after waiting for its share of the memory for pixels. The caller closes the
     * result, and must not hold one while it asks for the next.
     *
     * @throws ImageException if the image is not one that can become a frame
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; its flag stays set
     */
    public PreparedImage prepare(byte[] encoded, InputSpec input) {
        return prepare(encoded, OVERSAMPLING * input.resize());
    }

    private PreparedImage prepare(byte[] encoded, int shorterSide) {
        CheckedImage image = gate.check(encoded);
        long peak = decoder.peakBytes(image, shorterSide);
        if (peak > budget.bytes()) {
            throw ImageException.tooLarge(
                    "decoding the " + image.format() + " takes " + peak + " bytes, this process has " + budget.bytes()
                            + " for it; raise the heap (taskmanager.memory.task.heap.size)");
        }
        MemoryBudget.Share share = budget.take(peak);
        boolean handedOver = false;
        try {
            DecodedImage pixels = decoder.decode(image, shorterSide);
            share.shrinkTo(pixels.bytes());
            PreparedImage prepared = new PreparedImage(
                    applyExifOrientation ? pixels.oriented(image.orientation()) : pixels, share, resizes);
            handedOver = true;
            return prepared;
        } finally {
            if (!handedOver) {
                share.close();
            }
        }
    }
}
