package io.alexstream.model.export;

/** The order in which a network takes the three colours; frames are always RGB. */
public enum ChannelOrder {
    RGB,
    /** As models that come from Caffe and OpenCV. */
    BGR
}
