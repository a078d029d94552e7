package io.alexstream.model.network;

import java.util.Arrays;
import java.util.Optional;

/** The networks that can be trained, by the name that their packages carry. */
public enum KnownNetwork {
    ALEXNET(AlexNet.NAME, AlexNet.RESIZE) {
        @Override
        public Network of(int classes, boolean lrn) {
            return AlexNet.of(classes, lrn);
        }
    },
    TINYNET(TinyNet.NAME, TinyNet.RESIZE) {
        @Override
        public Network of(int classes, boolean lrn) {
            if (lrn) {
                throw new IllegalArgumentException("tinynet has no local response normalisation");
            }
            return TinyNet.of(classes);
        }
    };

    private final String name;
    private final int resize;

    KnownNetwork(String name, int resize) {
        this.name = name;
        this.resize = resize;
    }

    /** The network for so many classes. */
    public abstract Network of(int classes, boolean lrn);

    /** Shorter side of an image before the crop. */
    public int resize() {
        return resize;
    }

    /** The one of that name, if it is ours. */
    public static Optional<KnownNetwork> named(String name) {
        return Arrays.stream(values()).filter(known -> known.name.equals(name)).findFirst();
    }
}
