package io.alexstream.model.network;

/** Arithmetic of sliding windows. */
final class Window {

    private Window() {}

    static int positions(String layer, int length, int kernel, int stride) {
        if (length < kernel) {
            throw new IllegalArgumentException(
                    "layer " + layer + " slides a window of " + kernel + " over only " + length + " pixels");
        }
        return (length - kernel) / stride + 1;
    }
}
