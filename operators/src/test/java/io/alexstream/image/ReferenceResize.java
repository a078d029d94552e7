package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.awt.image.BufferedImage;

/**
 * Pillow's published algorithm written down once more, plainly and without any of the code under test: the whole picture is
 * resized in two passes of whole images, then cropped.
 */
final class ReferenceResize {

    private ReferenceResize() {}

    static byte[] frame(BufferedImage image, InputSpec input) {
        int width = image.getWidth();
        int height = image.getHeight();
        int newWidth;
        int newHeight;
        if (width <= height) {
            newWidth = input.resize();
            newHeight = (int) ((double) input.resize() * height / width);
        } else {
            newHeight = input.resize();
            newWidth = (int) ((double) input.resize() * width / height);
        }
        int[][][] pixels = new int[height][width][3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int rgb = image.getRGB(x, y);
                pixels[y][x] = new int[] {rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255};
            }
        }
        int[][][] resized = transposed(scaledRows(transposed(scaledRows(pixels, newWidth)), newHeight));
        return crop(resized, input);
    }

    private static byte[] crop(int[][][] pixels, InputSpec input) {
        int top = (int) Math.rint((pixels.length - input.height()) / 2.0);
        int left = (int) Math.rint((pixels[0].length - input.width()) / 2.0);
        byte[] frame = new byte[input.frameBytes()];
        int at = 0;
        for (int y = 0; y < input.height(); y++) {
            for (int x = 0; x < input.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    frame[at++] = (byte) pixels[top + y][left + x][channel];
                }
            }
        }
        return frame;
    }

    private static int[][][] scaledRows(int[][][] rows, int size) {
        int[][][] scaled = new int[rows.length][size][3];
        for (int x = 0; x < size; x++) {
            double scale = (double) rows[0].length / size;
            double support = Math.max(1.0, scale);
            double center = (x + 0.5) * scale;
            int from = Math.max(0, (int) (center - support + 0.5));
            int to = Math.min(rows[0].length, (int) (center + support + 0.5));
            double sum = 0;
            for (int i = from; i < to; i++) {
                sum += weight((i - center + 0.5) * (1.0 / support));
            }
            long[] shares = new long[to - from];
            for (int i = from; i < to; i++) {
                double share = weight((i - center + 0.5) * (1.0 / support)) / sum;
                shares[i - from] = (long) Math.floor(share * (1 << 22) + 0.5);
            }
            for (int y = 0; y < rows.length; y++) {
                for (int channel = 0; channel < 3; channel++) {
                    long total = 1 << 21;
                    for (int i = from; i < to; i++) {
                        total += rows[y][i][channel] * shares[i - from];
                    }
                    scaled[y][x][channel] = (int) Math.min(255, total >> 22);
                }
            }
        }
        return scaled;
    }

    private static double weight(double distance) {
        return Math.max(0.0, 1.0 - Math.abs(distance));
    }

    private static int[][][] transposed(int[][][] rows) {
        int[][][] columns = new int[rows[0].length][rows.length][];
        for (int y = 0; y < rows.length; y++) {
            for (int x = 0; x < rows[0].length; x++) {
                columns[x][y] = rows[y][x];
            }
        }
        return columns;
    }
}
