package io.alexstream.image;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.image.testing.EncodedBytes.chunk;
import static io.alexstream.image.testing.EncodedBytes.join;
import static io.alexstream.image.testing.EncodedBytes.slice;
import static io.alexstream.image.testing.EncodedBytes.withChunk;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.image.testing.DrawnImages;
import org.junit.jupiter.api.Test;

class PngGateTest {

    private static final byte[] PNG = DrawnImages.png(DrawnImages.picture(70, 50, 1));

    @Test
    void refusesATruncatedPngAtEveryLength() {
        for (int length = 8; length < PNG.length; length += 7) {
            Refusals.assertUndecodable(CORRUPT_IMAGE, slice(PNG, 0, length));
        }
        Refusals.assertUndecodable(CORRUPT_IMAGE, slice(PNG, 0, PNG.length - 1));
    }

    @Test
    void refusesHalfAPictureThatEndsProperly() {
        byte[] rows = new byte[50 * (1 + 3 * 50)];
        byte[] deflated = Pngs.deflated(rows);
        byte[] halfDeflated = Pngs.deflated(slice(rows, 0, rows.length / 2));
        for (byte[] data : new byte[][] {slice(deflated, 0, deflated.length / 2), halfDeflated, new byte[0]}) {
            Refusals.assertUndecodable(
                    CORRUPT_IMAGE,
                    join(
                            Pngs.signature(),
                            chunk("IHDR", Pngs.header(50, 50, 8, 2)),
                            chunk("IDAT", data),
                            chunk("IEND", new byte[0])));
        }
    }

    @Test
    void refusesMorePixelsThanAllowedWhateverElseIsWrong() {
        byte[] bomb = join(Pngs.signature(), chunk("IHDR", Pngs.header(60_000, 60_000, 8, 2)));
        assertThat(Refusals.assertUndecodable(IMAGE_TOO_LARGE, bomb)).hasMessageContaining("60000 x 60000");
        byte[] beyondInt = join(Pngs.signature(), chunk("IHDR", Pngs.header(0xFFFFFFFFL, 0xFFFFFFFFL, 8, 2)));
        Refusals.assertUndecodable(IMAGE_TOO_LARGE, beyondInt);
    }

    @Test
    void refusesNoWidthAndUnknownKinds() {
        for (byte[] header : new byte[][] {
            Pngs.header(0, 10, 8, 2), Pngs.header(10, 10, 3, 0), Pngs.header(10, 10, 8, 5), Pngs.header(10, 10, 4, 2)
        }) {
            Refusals.assertUndecodable(
                    CORRUPT_IMAGE, join(Pngs.signature(), chunk("IHDR", header), chunk("IEND", new byte[0])));
        }
    }

    @Test
    void neverInflatesTextOrProfiles() {
        byte[] expected = Frames.frame(Frames.preprocessor(), PNG, Frames.INPUT_227);
        byte[] bomb = join("bomb", 0, 0, Pngs.deflated(new byte[64 << 20]));
        for (String type : new String[] {"zTXt", "iCCP", "iTXt"}) {
            byte[] hidden = withChunk(PNG, chunk(type, bomb));
            assertThat(Frames.frame(Frames.preprocessor(), hidden, Frames.INPUT_227))
                    .isEqualTo(expected);
        }
    }

    @Test
    void refusesWrongCheckSums() {
        byte[] broken = PNG.clone();
        broken[60] ^= 1;
        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, broken)).hasMessageContaining("check sum");
    }

    @Test
    void showsTheDefaultImageOfAnAnimation() {
        byte[] animated = join(
                slice(PNG, 0, PNG.length - 12), chunk("fdAT", new byte[40]), slice(PNG, PNG.length - 12, PNG.length));

        assertThat(Frames.frame(Frames.preprocessor(), animated, Frames.INPUT_227))
                .isEqualTo(Frames.frame(Frames.preprocessor(), PNG, Frames.INPUT_227));
    }
}
