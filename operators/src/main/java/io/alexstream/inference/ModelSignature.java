package io.alexstream.inference;

/**
 * The serving signature of a loaded model: input {@code image} uint8 [N, height, width, 3]; outputs {@code probabilities}
 * float32 [N, topK], falling, and {@code classes} int64 [N, topK].
 *
 * @param topK predictions a frame
 */
public record ModelSignature(int height, int width, int topK) {

    public static final String INPUT = "image";
    public static final String PROBABILITIES = "probabilities";
    public static final String CLASSES = "classes";

    /** Bytes of one frame: height x width x 3. */
    public int frameBytes() {
        return height * width * 3;
    }
}
