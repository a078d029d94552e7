package io.alexstream.image;

import static io.alexstream.contract.DeadLetterReason.CORRUPT_IMAGE;
import static io.alexstream.contract.DeadLetterReason.IMAGE_TOO_LARGE;
import static io.alexstream.image.testing.EncodedBytes.join;
import static io.alexstream.image.testing.EncodedBytes.little32;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Vp8lHeaderTest {

    private final BitSet bits = new BitSet();
    private int length;

    @ParameterizedTest
    @ValueSource(ints = {Vp8lHeader.MAX_GROUPS, 65_535})
    void refusesMoreGroupsOfCodesThanAnyEncoderMakes(int greatest) {
        put(0, 1); // no transform
        put(0, 1); // no cache
        put(1, 1); // groups
        put(0, 3);
        picture(greatest);

        assertThat(Refusals.assertUndecodable(IMAGE_TOO_LARGE, webp(64, 64)))
                .hasMessageContaining((greatest + 1) + " groups");
    }

    /** What is behind the header is missing here, which only a decoder finds. */
    @Test
    void takesAsManyAsAreAllowed() {
        put(0, 1);
        put(0, 1);
        put(1, 1);
        put(0, 3);
        picture(Vp8lHeader.MAX_GROUPS - 1);

        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, webp(64, 64))).hasMessageContaining("cannot be decoded");
    }

    /** Each would be kept as a picture of its own, for thirty bits of the file. */
    @Test
    void refusesATransformThatComesTwice() {
        for (int i = 0; i < 2; i++) {
            put(1, 1);
            put(0, 2);
            put(0, 3);
            picture(0);
        }

        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, webp(64, 64))).hasMessageContaining("a transform twice");
    }

    @Test
    void refusesAHeaderThatEndsEarly() {
        put(0, 1);

        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, webp(64, 64, 0)))
                .hasMessageContaining("ends inside its lossless header");
    }

    @Test
    void refusesACodeThatIsNotComplete() {
        put(0, 1);
        put(0, 1);
        put(1, 1);
        put(0, 3);
        put(0, 1); // no cache
        put(0, 1); // lengths follow
        put(0, 4);
        put(1, 3); // one of 1 bit, three of 2: more than there is room for
        put(2, 3);
        put(2, 3);
        put(2, 3);

        assertThat(Refusals.assertUndecodable(CORRUPT_IMAGE, webp(64, 64, 64))).hasMessageContaining("not complete");
    }

    /** A picture of one number, for which codes of one symbol suffice: no bit a pixel. */
    private void picture(int redGreen) {
        put(0, 1); // no cache
        symbol(redGreen & 0xFF);
        symbol(redGreen >> 8);
        symbol(0);
        symbol(0);
        symbol(0);
    }

    private void symbol(int value) {
        put(1, 1);
        put(0, 1);
        put(1, 1);
        put(value, 8);
    }

    private void put(int value, int count) {
        for (int i = 0; i < count; i++) {
            bits.set(length++, (value >> i & 1) == 1);
        }
    }

    private byte[] webp(int width, int height) {
        return webp(width, height, (length + 7) / 8);
    }

    private byte[] webp(int width, int height, int bytes) {
        byte[] coded = Arrays.copyOf(bits.toByteArray(), bytes);
        byte[] chunk = join(0x2F, little32(width - 1 | height - 1 << 14), coded);
        byte[] padded = Arrays.copyOf(chunk, chunk.length + (chunk.length & 1));
        return join("RIFF", little32(12 + padded.length), "WEBP", "VP8L", little32(chunk.length), padded);
    }
}
