package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Pillow's two-pass bilinear resize on eight-bit channels ({@code ImagingResample}) and torchvision's centre crop, to the bit.
 * Only what the crop shows is computed: input rows are narrowed one by one into a ring as tall as the vertical filter, and
 * each output row goes straight into the slot. Confined to one thread at a time. Its arrays are kept from frame to frame and
 * grow to what the largest picture needs, which is below 1 MiB for one of 50 megapixels: nothing is allocated for a frame.
 */
final class AntialiasedResize {

    private static final int HALF = 1 << (TriangleFilter.PRECISION_BITS - 1);

    private final TriangleFilter columns = new TriangleFilter();
    private final TriangleFilter rows = new TriangleFilter();
    private final SourceRows source = new SourceRows();
    /** Narrowed rows, one after the other, values 0 to 255; as ints, so that the vertical pass is vectorised. */
    private int[] ring = {};

    private int[] sums = {};
    private byte[] line = {};

    /** Writes the image's frame from the slot's position on, without moving it. */
    void write(DecodedImage image, InputSpec input, ByteBuffer slot) {
        prepare(image, input);
        int length = line.length;
        int narrowed = rows.first[0];
        for (int y = 0; y < input.height(); y++) {
            for (int end = rows.first[y] + rows.count[y]; narrowed < end; narrowed++) {
                source.moveTo(narrowed);
                narrow(source.view(), source.start(), narrowed % rows.size * length);
            }
            blend(y);
            slot.put(slot.position() + y * length, line, 0, length);
        }
        source.forget();
    }

    private void prepare(DecodedImage image, InputSpec input) {
        ResizeGeometry geometry = ResizeGeometry.of(image.width(), image.height(), input);
        columns.set(image.width(), geometry.width(), geometry.left(), input.width());
        rows.set(image.height(), geometry.height(), geometry.top(), input.height());
        source.set(image, columns.first[0], columns.end());
        int length = 3 * input.width();
        if (line.length != length) {
            line = new byte[length];
            sums = new int[length];
        }
        if (ring.length < rows.size * length) {
            ring = new int[rows.size * length];
        }
    }

    /** The horizontal pass over one row, into the ring from {@code to} on. */
    private void narrow(DecodedImage from, int start, int to) {
        byte[] data = from.data();
        int[] weights = columns.weights;
        int[] line = ring;
        int stride = from.columnStride();
        int red = from.red();
        int green = from.green();
        int blue = from.blue();
        int origin = start - columns.first[0] * stride;
        for (int x = 0, at = to, end = to + sums.length; at < end; x++, at += 3) {
            int pixel = origin + columns.first[x] * stride;
            int weight = x * columns.size;
            int redSum = HALF;
            int greenSum = HALF;
            int blueSum = HALF;
            for (int last = weight + columns.count[x]; weight < last; weight++) {
                int factor = weights[weight];
                redSum += (data[pixel + red] & 0xFF) * factor;
                greenSum += (data[pixel + green] & 0xFF) * factor;
                blueSum += (data[pixel + blue] & 0xFF) * factor;
                pixel += stride;
            }
            line[at] = clip(redSum);
            line[at + 1] = clip(greenSum);
            line[at + 2] = clip(blueSum);
        }
    }

    /** The vertical pass for output row {@code y}; loops over whole rows, which the compiler vectorises. */
    private void blend(int y) {
        int[] total = sums;
        Arrays.fill(total, HALF);
        for (int k = 0; k < rows.count[y]; k++) {
            add(total, ring, (rows.first[y] + k) % rows.size * total.length, rows.weights[y * rows.size + k]);
        }
        round(total, line);
    }

    private static void add(int[] total, int[] from, int at, int factor) {
        for (int i = 0; i < total.length; i++) {
            total[i] += from[at + i] * factor;
        }
    }

    private static void round(int[] total, byte[] line) {
        for (int i = 0; i < line.length; i++) {
            line[i] = (byte) clip(total[i]);
        }
    }

    private static int clip(int sum) {
        return Math.max(0, Math.min(255, sum >> TriangleFilter.PRECISION_BITS));
    }
}
