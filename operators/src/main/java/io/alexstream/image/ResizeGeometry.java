package io.alexstream.image;

import io.alexstream.contract.InputSpec;

/**
 * Where torchvision's {@code Resize(resize)} and {@code CenterCrop} put a picture: the size after resizing, and the crop's
 * corner in it. Sizes are long since a picture one pixel high becomes very wide; only the crop is ever computed.
 */
record ResizeGeometry(long width, long height, long left, long top) {

    static ResizeGeometry of(int width, int height, InputSpec input) {
        long shorter = Math.min(width, height);
        long longer = (long) input.resize() * Math.max(width, height) / shorter;
        long newWidth = width <= height ? input.resize() : longer;
        long newHeight = width <= height ? longer : input.resize();
        return new ResizeGeometry(
                newWidth, newHeight, offset(newWidth - input.width()), offset(newHeight - input.height()));
    }

    /** Half of the margin, halves to the even neighbour, as Python's {@code round}. */
    private static long offset(long margin) {
        long half = margin >> 1;
        return (margin & 1) == 0 ? half : half + (half & 1);
    }
}
