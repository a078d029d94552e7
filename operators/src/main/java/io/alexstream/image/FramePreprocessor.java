package io.alexstream.image;

/**
 * Encoded image to pixels ready for cropping: checks, memory, decoder, orientation. Safe for concurrent use by many threads,
 * which share one budget for pixels.
 */
public final class FramePreprocessor {

    private final ImageGate gate;
    private final ImageDecoder decoder;
    private final boolean applyExifOrientation;
    private final MemoryBudget budget;

    public FramePreprocessor(ImageLimits limits, ImageDecoder decoder, boolean applyExifOrientation) {
        this.gate = new ImageGate(limits);
        this.decoder = decoder;
        this.applyExifOrientation = applyExifOrientation;
        this.budget = new MemoryBudget(limits.memoryBudget());
    }

    /**
     * Decodes the image, after waiting for its share of the memory for pixels. The caller closes the result, and must not
     * hold one while it asks for the next.
     *
     * @throws ImageException if the image is not one that can become a frame
     * @throws java.util.concurrent.CancellationException if the thread is interrupted while it waits; its flag stays set
     */
    public PreparedImage prepare(byte[] encoded) {
        CheckedImage image = gate.check(encoded);
        long peak = decoder.peakBytes(image);
        if (peak > budget.bytes()) {
            throw ImageException.tooLarge(
                    "decoding the " + image.format() + " takes " + peak + " bytes, this process has " + budget.bytes()
                            + " for it; raise the heap (taskmanager.memory.task.heap.size)");
        }
        MemoryBudget.Share share = budget.take(peak);
        boolean handedOver = false;
        try {
            DecodedImage pixels = decoder.decode(image);
            share.shrinkTo(pixels.bytes());
            PreparedImage prepared =
                    new PreparedImage(applyExifOrientation ? pixels.oriented(image.orientation()) : pixels, share);
            handedOver = true;
            return prepared;
        } finally {
            if (!handedOver) {
                share.close();
            }
        }
    }
}
