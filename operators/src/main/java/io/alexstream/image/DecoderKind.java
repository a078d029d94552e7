package io.alexstream.image;

/** The decoders there are; {@code image.decoder}. */
public enum DecoderKind {

    /** The JDK's readers; no native code beyond it. */
    IMAGEIO {
        @Override
        public ImageDecoder open() {
            return new ImageIoDecoder();
        }
    },

    /** OpenCV's for most JPEGs, the JDK's for the rest. Its jars are an optional dependency. */
    OPENCV {
        @Override
        public ImageDecoder open() {
            try {
                return new OpenCvDecoder();
            } catch (LinkageError e) {
                throw new DecoderUnavailableException(MISSING_OPENCV.formatted(e), e);
            }
        }
    };

    /** The jars that the version in the parent pom needs; OpenCV's core is linked against OpenBLAS. */
    private static final String MISSING_OPENCV =
            "image.decoder is opencv, but OpenCV cannot be loaded (%s); put javacpp-1.5.13.jar,"
                    + " javacpp-1.5.13-linux-x86_64.jar, openblas-0.3.31-1.5.13.jar,"
                    + " openblas-0.3.31-1.5.13-linux-x86_64.jar, opencv-4.13.0-1.5.13.jar and"
                    + " opencv-4.13.0-1.5.13-linux-x86_64.jar into Flink's lib/, or set image.decoder to imageio";

    /**
     * Makes the decoder.
     *
     * @throws DecoderUnavailableException where this process has not what it needs
     */
    public abstract ImageDecoder open();
}
