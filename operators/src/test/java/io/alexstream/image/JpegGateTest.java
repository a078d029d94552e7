package io.alexstream.image;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.contract.DeadLetterReason.UNSUPPORTED_FORMAT;
import static io.alexstream.image.testing.EncodedBytes.indexOf;
import static io.alexstream.image.testing.EncodedBytes.insert;
import static io.alexstream.image.testing.EncodedBytes.join;
import static io.alexstream.image.testing.EncodedBytes.segment;
import static io.alexstream.image.testing.EncodedBytes.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.image.testing.DrawnImages;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JpegGateTest {

    private static final byte[] JPEG = DrawnImages.jpeg(120, 90, 1);
    private static final int FRAME = indexOf(JPEG, join(0xFF, 0xC0), 0);
    private static final int SCAN = indexOf(JPEG, join(0xFF, 0xDA), 0);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void refusesATruncatedJpegAtEveryLength(boolean progressive) {
        byte[] jpeg = DrawnImages.jpeg(DrawnImages.picture(64, 48, 2), 0.5f, progressive);
        for (int length = 3; length < jpeg.length; length++) {
            Refusals.assertUndecodable(CORRUPT_IMAGE, slice(jpeg, 0, length));
        }
    }

    @Test
    void refusesHalfAPictureThatEndsProperly() {
        int data = SCAN + 14;
        for (int part = 1; part < 20; part++) {
            int cut = data + (JPEG.length - 2 - data) * part / 20;
            // A stuffed byte must not be torn apart: the marker would be another.
            int end = JPEG[cut - 1] == (byte) 0xFF ? cut - 1 : cut;
            Refusals.assertUndecodable(CORRUPT_IMAGE, join(slice(JPEG, 0, end), 0xFF, 0xD9));
        }
    }

    @Test
    void countsScansBeforeDecoding() {
        byte[] bomb = join(slice(JPEG, 0, SCAN), emptyScans(2000), 0xFF, 0xD9);
        long start = System.nanoTime();

        assertThat(Refusals.assertUndecodable(IMAGE_TOO_LARGE, bomb)).hasMessageContaining("100 scans");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    void refusesMorePixelsThanAllowedByTheHeaderAlone() {
        byte[] huge = JPEG.clone();
        for (int i = FRAME + 5; i < FRAME + 9; i++) {
            huge[i] = (byte) 0xFF;
        }
        assertThat(Refusals.assertUndecodable(IMAGE_TOO_LARGE, huge)).hasMessageContaining("65535 x 65535");
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, slice(huge, 0, FRAME + 40));
    }

    @Test
    void refusesNoHeight() {
        byte[] flat = JPEG.clone();
        flat[FRAME + 5] = 0;
        flat[FRAME + 6] = 0;
        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, flat)).hasMessageContaining("120 x 0");
    }

    @Test
    void refusesASecondFrameHeader() {
        byte[] frame = slice(JPEG, FRAME, FRAME + 19);
        Refusals.assertUndecodable(CORRUPT_IMAGE, insert(JPEG, SCAN, frame));
        Refusals.assertUndecodable(CORRUPT_IMAGE, insert(JPEG, JPEG.length - 2, frame));
    }

    @Test
    void isNotFooledByAPreviewInsideExif() {
        byte[] preview = DrawnImages.jpeg(16, 16, 3);
        byte[] withPreview = insert(JPEG, 2, segment(0xE1, join("Exif\0\0", preview)));
        byte[] huge = preview.clone();
        int frame = indexOf(huge, join(0xFF, 0xC0), 0);
        huge[frame + 5] = (byte) 0xFF;
        huge[frame + 7] = (byte) 0xFF;
        byte[] withHugePreview = insert(JPEG, 2, segment(0xE1, join("Exif\0\0", huge)));

        byte[] expected = Frames.frame(Frames.preprocessor(), JPEG, Frames.INPUT_227);
        assertThat(Frames.frame(Frames.preprocessor(), withPreview, Frames.INPUT_227))
                .isEqualTo(expected);
        assertThat(Frames.frame(Frames.preprocessor(), withHugePreview, Frames.INPUT_227))
                .isEqualTo(expected);
    }

    @Test
    void ignoresWhatFollowsTheEndAndWhatLiesBetweenMarkers() {
        byte[] padded = join(insert(JPEG, FRAME, join(0xFF, 0xFF, 0xFF)), "trailing bytes", 0xFF, 0xD8, 0xFF);
        byte[] withGarbage = insert(JPEG, FRAME, join(0, 1, 2, 3));

        byte[] expected = Frames.frame(Frames.preprocessor(), JPEG, Frames.INPUT_227);
        assertThat(Frames.frame(Frames.preprocessor(), padded, Frames.INPUT_227))
                .isEqualTo(expected);
        assertThat(Frames.frame(Frames.preprocessor(), withGarbage, Frames.INPUT_227))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0xC3, 0xC5, 0xC9, 0xCA, 0xCF})
    void refusesKindsThatAreNotDecoded(int marker) {
        byte[] other = JPEG.clone();
        other[FRAME + 1] = (byte) marker;
        Refusals.assertUndecodable(UNSUPPORTED_FORMAT, other);
    }

    @Test
    void refusesTwelveBits() {
        byte[] deep = JPEG.clone();
        deep[FRAME + 4] = 12;
        Refusals.assertUndecodable(UNSUPPORTED_FORMAT, deep);
    }

    @Test
    void refusesAPictureThatLacksAComponent() {
        // The scan of one component, as of a progressive file whose other scans were cut out.
        byte[] gray = join(slice(JPEG, 0, SCAN), emptyScans(1), 0xFF, 0xD9);
        Refusals.assertUndecodable(CORRUPT_IMAGE, gray);
    }

    @Test
    void refusesScanDataThatIsNoData() {
        byte[] broken = JPEG.clone();
        for (int i = SCAN + 40; i < broken.length - 2; i++) {
            broken[i] = (byte) 0xFE;
        }
        Refusals.assertUndecodable(CORRUPT_IMAGE, broken);
    }

    private static byte[] emptyScans(int count) {
        byte[] scan = join(0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55);
        byte[] scans = new byte[scan.length * count];
        for (int i = 0; i < count; i++) {
            System.arraycopy(scan, 0, scans, i * scan.length, scan.length);
        }
        return scans;
    }
}
