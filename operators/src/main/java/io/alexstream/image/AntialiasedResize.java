package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pillow's two-pass bilinear resize on eight-bit channels ({@code ImagingResample}) and torchvision's centre crop, to the bit.
 * Only what the crop shows is computed: input rows are narrowed one by one into a ring as tall as the vertical filter, and
 * each output row goes straight into the slot. Confined to one thread; its scratch is a few rows.
 */
final class AntialiasedResize {

    private static final int HALF = 1 << (TriangleFilter.PRECISION_BITS - 1);

    private final InputSpec input;
    private final TriangleFilter columns;
    private final TriangleFilter rows;
    private final SourceRows source;
    private final byte[][] ring;
    private int narrowed;

    AntialiasedResize(DecodedImage image, InputSpec input) {
        ResizeGeometry geometry = ResizeGeometry.of(image.width(), image.height(), input);
        this.input = input;
        this.columns = new TriangleFilter(image.width(), geometry.width(), geometry.left(), input.width());
        this.rows = new TriangleFilter(image.height(), geometry.height(), geometry.top(), input.height());
        this.source = new SourceRows(image, columns.first[0], columns.end());
        this.ring = new byte[rows.size][3 * input.width()];
        this.narrowed = rows.first[0];
    }

    /** Writes the frame from the slot's position on, without moving it. */
    void write(ByteBuffer slot) {
        byte[] line = new byte[3 * input.width()];
        int[] sums = new int[line.length];
        for (int y = 0; y < input.height(); y++) {
            for (int end = rows.first[y] + rows.count[y]; narrowed < end; narrowed++) {
                source.moveTo(narrowed);
                narrow(source.view(), source.start(), ring[narrowed % ring.length]);
            }
            blend(y, sums, line);
            slot.put(slot.position() + y * line.length, line, 0, line.length);
        }
    }

    /** The horizontal pass over one row. */
    private void narrow(DecodedImage from, int start, byte[] line) {
        byte[] data = from.data();
        int stride = from.columnStride();
        int red = from.red();
        int green = from.green();
        int blue = from.blue();
        for (int x = 0, to = 0; x < input.width(); x++) {
            int pixel = start + (columns.first[x] - columns.first[0]) * stride;
            int weight = x * columns.size;
            int redSum = HALF;
            int greenSum = HALF;
            int blueSum = HALF;
            for (int end = weight + columns.count[x]; weight < end; weight++) {
                int factor = columns.weights[weight];
                redSum += (data[pixel + red] & 0xFF) * factor;
                greenSum += (data[pixel + green] & 0xFF) * factor;
                blueSum += (data[pixel + blue] & 0xFF) * factor;
                pixel += stride;
            }
            line[to++] = clip(redSum);
            line[to++] = clip(greenSum);
            line[to++] = clip(blueSum);
        }
    }

    /** The vertical pass for output row {@code y}; loops over whole rows, which the compiler can vectorise. */
    private void blend(int y, int[] sums, byte[] line) {
        Arrays.fill(sums, HALF);
        for (int k = 0; k < rows.count[y]; k++) {
            byte[] narrow = ring[(rows.first[y] + k) % ring.length];
            int factor = rows.weights[y * rows.size + k];
            for (int i = 0; i < sums.length; i++) {
                sums[i] += (narrow[i] & 0xFF) * factor;
            }
        }
        for (int i = 0; i < sums.length; i++) {
            line[i] = clip(sums[i]);
        }
    }

    private static byte clip(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> TriangleFilter.PRECISION_BITS));
    }
}
