package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.alexstream.contract.DeadLetterReason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageGateTest {

    private final ImageGate gate = new ImageGate(new ImageLimits(1_000_000, 20, 1 << 20));

    @ParameterizedTest
    @ValueSource(strings = {"<svg/>", "hello", "II*\0", "%PDF-1.7", "RIFF....WAVE", "P6 1 1", "\u00ff\u00d8"})
    void refusesWhatIsNoAllowedFormat(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refusal(bytes)).isEqualTo(DeadLetterReason.UNSUPPORTED_FORMAT);
    }

    @Test
    void takesNoBytesForACorruptImage() {
        assertThat(refusal(new byte[0])).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, CORRUPT_IMAGE",
        "10, 0, CORRUPT_IMAGE",
        "1000, 1001, IMAGE_TOO_LARGE",
        "65535, 65535, IMAGE_TOO_LARGE"
    })
    void boundsThePixelsOfEveryFormat(int width, int height, DeadLetterReason reason) {
        assertThat(refusal(jpeg(width, height))).isEqualTo(reason);
        assertThat(refusal(png(width, height))).isEqualTo(reason);
        assertThat(refusal(bmp(width, height, 24, 0))).isEqualTo(reason);
        assertThat(refusal(gif(width, height, 1, 1))).isEqualTo(reason);
        assertThat(refusal(gif(1, 1, width, height))).isEqualTo(reason);
    }

    /** Products that would be small or negative in 32 bits. */
    @ParameterizedTest
    @CsvSource({"65536, 65536", "2147483647, 2147483647", "-1, -1", "-2147483648, 2"})
    void countsPixelsBeyondThirtyTwoBits(int width, int height) {
        assertThat(refusal(png(width, height))).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
    }

    @Test
    void boundsTheCanvasOfAWebpAndThePictureInIt() {
        byte[] vp8x = new FileBytes()
                .little32(0)
                .bytes(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF)
                .toArray();
        assertThat(refusal(webp(new FileBytes().riff("VP8X", vp8x)))).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
        byte[] vp8l = new FileBytes().bytes(0x2F).little32(0x0FFF_FFFF).toArray();
        assertThat(refusal(webp(new FileBytes().riff("VP8L", vp8l)))).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
        byte[] vp8 = new FileBytes()
                .bytes(0, 0, 0, 0x9D, 1, 0x2A)
                .little16(0x3FFF)
                .little16(0x3FFF)
                .toArray();
        assertThat(refusal(webp(new FileBytes().riff("VP8 ", vp8)))).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
        byte[] empty = new FileBytes().bytes(0, 0, 0, 0x9D, 1, 0x2A).little32(0).toArray();
        assertThat(refusal(webp(new FileBytes().riff("VP8 ", empty)))).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    @Test
    void takesTheHeightOfABmpWithoutItsSign() {
        CheckedImage image = gate.check(bmp(3, -2, 24, 24));
        assertThat(image.width()).isEqualTo(3);
        assertThat(image.height()).isEqualTo(2);
        assertThat(refusal(bmp(2, Integer.MIN_VALUE, 24, 0))).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
        assertThat(refusal(bmp(3, -2, 24, 23))).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    @Test
    void refusesABombOfScansAtOnce() {
        FileBytes bomb = new FileBytes().bytes(0xFF, 0xD8).segment(0xC2, frameHeader(900, 900));
        for (int i = 0; i < 100_000; i++) {
            bomb.segment(0xDA, new byte[] {1, 1, 0, 0, 0, 0}).bytes(0);
        }
        byte[] bytes = bomb.bytes(0xFF, 0xD9).toArray();
        DeadLetterReason reason = assertTimeout(Duration.ofSeconds(2), () -> refusal(bytes));
        assertThat(reason).isEqualTo(DeadLetterReason.IMAGE_TOO_LARGE);
    }

    @Test
    void refusesJpegsThatLackTheirEndOrAComponentOrHaveTwoFrames() {
        byte[] scan = {1, 1, 0, 0, 63, 0};
        FileBytes begun = new FileBytes().bytes(0xFF, 0xD8).segment(0xC0, frameHeader(8, 8));
        assertThat(refusal(begun.toArray())).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
        assertThat(refusal(begun.segment(0xDA, scan).bytes(1, 2, 3).toArray()))
                .isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
        assertThat(gate.check(begun.bytes(0xFF, 0xD9).toArray()).pixels()).isEqualTo(64);
        assertThat(refusal(new FileBytes()
                        .bytes(0xFF, 0xD8)
                        .segment(0xC0, frameHeader(8, 8))
                        .bytes(0xFF, 0xD9)
                        .toArray()))
                .isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
        assertThat(refusal(new FileBytes()
                        .bytes(0xFF, 0xD8)
                        .segment(0xC0, frameHeader(8, 8))
                        .segment(0xC0, frameHeader(8, 8))
                        .toArray()))
                .isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCA, 0xCF})
    void refusesCodingsThatTheDecoderDoesNotKnow(int frame) {
        byte[] bytes = new FileBytes()
                .bytes(0xFF, 0xD8)
                .segment(frame, frameHeader(8, 8))
                .toArray();
        assertThat(refusal(bytes)).isEqualTo(DeadLetterReason.UNSUPPORTED_FORMAT);
    }

    /** A thumbnail is a whole JPEG inside a segment: its size, its scans and its end are not the picture's. */
    @Test
    void doesNotTakeTheThumbnailForThePicture() {
        byte[] thumbnail = DrawnPicture.encode("jpeg", DrawnPicture.gradient(16, 16));
        byte[] picture = DrawnPicture.encode("jpeg", DrawnPicture.gradient(64, 48));
        byte[] both = withSegment(picture, 0xE1, thumbnail);
        CheckedImage image = gate.check(both);
        assertThat(image.width()).isEqualTo(64);
        assertThat(DrawnPicture.rgb(DrawnPicture.decode(both)))
                .isEqualTo(DrawnPicture.rgb(DrawnPicture.decode(picture)));
        byte[] cut = Arrays.copyOf(both, both.length - 2);
        assertThat(refusal(cut)).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    @Test
    void givesTheDecoderNoMetadata() {
        byte[] picture = DrawnPicture.encode("jpeg", DrawnPicture.gradient(32, 32));
        byte[] profile = new FileBytes()
                .ascii("ICC_PROFILE\0")
                .bytes(1, 1)
                .all(new byte[5000])
                .toArray();
        assertThat(streamBytes(withSegment(picture, 0xE2, profile))).isEqualTo(streamBytes(picture));
        byte[] png = DrawnPicture.encode("png", DrawnPicture.gradient(32, 32));
        byte[] bomb = new FileBytes()
                .all(Arrays.copyOf(png, 33))
                .chunk("zTXt", new byte[9000])
                .chunk("iCCP", new byte[9000])
                .all(Arrays.copyOfRange(png, 33, png.length))
                .toArray();
        assertThat(streamBytes(bomb)).isEqualTo(streamBytes(png));
    }

    @Test
    void refusesAPngWithAWrongCheckSum() {
        byte[] png = DrawnPicture.encode("png", DrawnPicture.gradient(32, 32));
        png[png.length - 20] ^= 1;
        assertThat(refusal(png)).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
    }

    private static int streamBytes(byte[] encoded) {
        return new ImageGate(ImageLimits.ofDefaults())
                .check(encoded).stream().stream().mapToInt(part -> part.limit()).sum();
    }

    static byte[] withSegment(byte[] jpeg, int marker, byte[] data) {
        return new FileBytes()
                .bytes(0xFF, 0xD8)
                .segment(marker, data)
                .all(Arrays.copyOfRange(jpeg, 2, jpeg.length))
                .toArray();
    }

    private DeadLetterReason refusal(byte[] bytes) {
        ImageException refusal = catchThrowableOfType(ImageException.class, () -> gate.check(bytes));
        assertThat(refusal).as("a refusal").isNotNull();
        return refusal.reason();
    }

    /** One component, number 1. */
    private static byte[] frameHeader(int width, int height) {
        return new FileBytes()
                .bytes(8)
                .big16(height)
                .big16(width)
                .bytes(1, 1, 0x11, 0)
                .toArray();
    }

    private static byte[] jpeg(int width, int height) {
        return new FileBytes()
                .bytes(0xFF, 0xD8)
                .segment(0xC0, frameHeader(width, height))
                .toArray();
    }

    private static byte[] png(int width, int height) {
        byte[] header =
                new FileBytes().big32(width).big32(height).bytes(8, 2, 0, 0, 0).toArray();
        return new FileBytes()
                .bytes(0x89)
                .ascii("PNG\r\n\u001a\n")
                .chunk("IHDR", header)
                .toArray();
    }

    private static byte[] gif(int width, int height, int frameWidth, int frameHeight) {
        return new FileBytes()
                .ascii("GIF89a")
                .little16(width)
                .little16(height)
                .bytes(0, 0, 0, 0x2C)
                .little32(0)
                .little16(frameWidth)
                .little16(frameHeight)
                .bytes(0, 2, 0, 0x3B)
                .toArray();
    }

    private static byte[] bmp(int width, int height, int bits, int data) {
        return new FileBytes()
                .ascii("BM")
                .little32(0)
                .little32(0)
                .little32(54)
                .little32(40)
                .little32(width)
                .little32(height)
                .little16(1)
                .little16(bits)
                .all(new byte[24 + data])
                .toArray();
    }

    private static byte[] webp(FileBytes chunks) {
        byte[] content = new FileBytes().ascii("WEBP").all(chunks.toArray()).toArray();
        return new FileBytes().riff("RIFF", content).toArray();
    }
}
