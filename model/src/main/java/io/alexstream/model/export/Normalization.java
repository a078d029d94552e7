package io.alexstream.model.export;

import java.util.List;

/**
 * How a pixel becomes a network's input: {@code (pixel * white / 255 - mean) / std}, channel by channel.
 *
 * @param order of the channels that the network takes; mean and std are in this order
 * @param white what a pixel of 255 becomes before mean and std: 255 for Caffe's habit, 1 for torchvision's
 */
public record Normalization(ChannelOrder order, List<Double> mean, List<Double> std, int white) {

    private static final int CHANNELS = 3;

    /** torchvision's for models trained on ImageNet. */
    public static final Normalization IMAGENET =
            new Normalization(ChannelOrder.RGB, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225), 1);

    public Normalization {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.size() != CHANNELS || std.size() != CHANNELS) {
            throw new IllegalArgumentException("mean and std need 3 values each, had " + mean + " and " + std);
        }
        if (mean.stream().anyMatch(value -> !Double.isFinite(value))) {
            throw new IllegalArgumentException("mean must be finite, was " + mean);
        }
        if (std.stream().anyMatch(value -> !Double.isFinite(value) || value <= 0)) {
            throw new IllegalArgumentException("std must be above 0, was " + std);
        }
        if (white < 1) {
            throw new IllegalArgumentException("white must be 1 or more, was " + white);
        }
    }

    /** The means on the scale of bytes. */
    public float[] byteMean() {
        return onByteScale(mean);
    }

    /** The deviations on the scale of bytes. */
    public float[] byteStd() {
        return onByteScale(std);
    }

    private float[] onByteScale(List<Double> values) {
        float[] scaled = new float[CHANNELS];
        for (int i = 0; i < CHANNELS; i++) {
            scaled[i] = (float) (values.get(i) * 255 / white);
        }
        return scaled;
    }
}
