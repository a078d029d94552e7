package io.alexstream.model.network;

import io.alexstream.model.network.Layer.Convolution;
import io.alexstream.model.network.Layer.Dropout;
import io.alexstream.model.network.Layer.FullyConnected;
import io.alexstream.model.network.Layer.LocalResponseNormalization;
import io.alexstream.model.network.Layer.MaxPool;
import io.alexstream.model.network.Layer.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * AlexNet (Krizhevsky, Sutskever, Hinton: "ImageNet Classification with Deep Convolutional Neural Networks", 2012) in a
 * single tower, without the paper's split over two GPUs: 62,378,344 parameters at 1000 classes.
 */
public final class AlexNet {

    /** As manifests record it. */
    public static final String NAME = "alexnet";

    /** Side of the square input; 227 and not the paper's 224, with which its own layer sizes do not come out. */
    public static final int INPUT_SIZE = 227;

    /** Shorter side of an image before the crop. */
    public static final int RESIZE = 256;

    private AlexNet() {}

    /**
     * @param lrn whether the first two convolutions are followed by the paper's local response normalisation
     */
    public static Network of(int classes, boolean lrn) {
        List<Layer> layers = new ArrayList<>();
        convolution(layers, 1, 96, 11, 4, 0);
        reduce(layers, 1, lrn);
        convolution(layers, 2, 256, 5, 1, 2);
        reduce(layers, 2, lrn);
        convolution(layers, 3, 384, 3, 1, 1);
        convolution(layers, 4, 384, 3, 1, 1);
        convolution(layers, 5, 256, 3, 1, 1);
        reduce(layers, 5, false);
        hidden(layers, 6);
        hidden(layers, 7);
        layers.add(new FullyConnected("fc8", classes));
        return new Network(NAME, new Shape(3, INPUT_SIZE, INPUT_SIZE), layers);
    }

    private static void convolution(List<Layer> layers, int number, int outputs, int kernel, int stride, int padding) {
        layers.add(new Convolution("conv" + number, outputs, kernel, stride, padding));
        layers.add(new Relu("relu" + number));
    }

    private static void reduce(List<Layer> layers, int number, boolean lrn) {
        if (lrn) {
            // k, n, alpha and beta are the paper's, section 3.3.
            layers.add(new LocalResponseNormalization("norm" + number, 2, 5, 1e-4, 0.75));
        }
        layers.add(new MaxPool("pool" + number, 3, 2));
    }

    private static void hidden(List<Layer> layers, int number) {
        layers.add(new Dropout("drop" + number, 0.5));
        layers.add(new FullyConnected("fc" + number, 4096));
        layers.add(new Relu("relu" + number));
    }
}
