package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Frames as tests look at them. */
final class Frames {

    static final InputSpec INPUT_227 = InputSpec.square(227, 256);

    private Frames() {}

    static FramePreprocessor preprocessor() {
        return new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);
    }

    static FramePreprocessor storedOrientation() {
        return new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), false);
    }

    static byte[] frame(FramePreprocessor preprocessor, byte[] encoded, InputSpec input) {
        ByteBuffer slot = ByteBuffer.allocate(input.frameBytes());
        try (PreparedImage image = preprocessor.prepare(encoded)) {
            image.writeFrame(input, slot);
        }
        return slot.array();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
