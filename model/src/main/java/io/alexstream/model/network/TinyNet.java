package io.alexstream.model.network;

import java.util.List;

/**
 * A small classifier of the same kinds of layers as {@link AlexNet}: 32x32 images, 9,226 parameters at 10 classes. For
 * tests and demonstrations that need a real package in milliseconds; AlexNet's weighs 250 MB.
 */
public final class TinyNet {

    /** As manifests record it. */
    public static final String NAME = "tinynet";

    public static final int INPUT_SIZE = 32;

    /** Shorter side of an image before the crop; the same ratio as 256 to 224. */
    public static final int RESIZE = 36;

    private TinyNet() {}

    public static Network of(int classes) {
        return new Network(
                NAME,
                new Shape(3, INPUT_SIZE, INPUT_SIZE),
                List.of(
                        new Layer.Convolution("conv1", 8, 5, 2, 2),
                        new Layer.Relu("relu1"),
                        new Layer.MaxPool("pool1", 3, 2),
                        new Layer.Convolution("conv2", 16, 3, 1, 1),
                        new Layer.Relu("relu2"),
                        new Layer.MaxPool("pool2", 3, 2),
                        new Layer.Dropout("drop3", 0.5),
                        new Layer.FullyConnected("fc3", 48),
                        new Layer.Relu("relu3"),
                        new Layer.FullyConnected("fc4", classes)));
    }
}
