package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files cut off and files with wrong bytes: a whole picture or a refusal, never half a picture, never another exception. */
class DamagedImagesTest {

    private static final int MUTATIONS = 300;

    private static final ImageLimits LIMITS = new ImageLimits(200_000, 20, 1 << 20);

    private static Map<String, byte[]> samples() {
        BufferedImage smooth = DrawnPicture.gradient(61, 45);
        BufferedImage wild = DrawnPicture.checks(61, 45);
        Map<String, byte[]> samples = new TreeMap<>();
        samples.put("baseline JPEG", DrawnPicture.encode("jpeg", smooth));
        samples.put("progressive JPEG", DrawnPicture.progressiveJpeg(smooth));
        samples.put("PNG", DrawnPicture.encode("png", wild));
        samples.put(
                "palette PNG", DrawnPicture.encode("png", DrawnPicture.as(BufferedImage.TYPE_BYTE_INDEXED, smooth)));
        samples.put("GIF", DrawnPicture.encode("gif", wild));
        samples.put("BMP", DrawnPicture.encode("bmp", wild));
        samples.put("lossless WebP", WebpSamples.lossless());
        samples.put("lossy WebP", WebpSamples.lossy());
        return samples;
    }

    private static Stream<Arguments> files() {
        return samples().entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void refusesEveryFileThatIsCutOff(String name, byte[] whole) {
        assertThat(outcome(whole)).isNull();
        // After a GIF's first frame comes only its trailer.
        int last = name.equals("GIF") ? whole.length - 2 : whole.length - 1;
        int step = Math.max(1, whole.length / 97);
        for (int length = 12; length <= last; length += length > last - 40 ? 1 : step) {
            assertThat(outcome(Arrays.copyOf(whole, length)))
                    .as("%s of %d bytes, cut to %d", name, whole.length, length)
                    .isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
        }
    }

    /** The end marker alone proves nothing. */
    @ParameterizedTest
    @MethodSource("jpegs")
    void refusesAJpegThatIsCutOffAndEndedProperly(byte[] whole) {
        for (int part = 30; part < 95; part += 5) {
            byte[] cut = Arrays.copyOf(whole, whole.length * part / 100);
            cut[cut.length - 2] = (byte) 0xFF;
            cut[cut.length - 1] = (byte) 0xD9;
            assertThat(outcome(cut)).as("%d %%", part).isEqualTo(DeadLetterReason.CORRUPT_IMAGE);
        }
    }

    private static List<byte[]> jpegs() {
        return List.of(DrawnPicture.encode("jpeg", DrawnPicture.checks(200, 150)));
    }

    private static Stream<Arguments> seeds() {
        List<Arguments> seeds = new ArrayList<>();
        samples()
                .forEach((name, whole) ->
                        IntStream.range(0, 3).forEach(seed -> seeds.add(Arguments.of(name, seed, whole))));
        return seeds.stream();
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("seeds")
    void survivesWrongBytes(String name, int seed, byte[] whole) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] mutant = mutant(whole, random);
            outcome(random.nextInt(4) == 0 ? Arrays.copyOf(mutant, random.nextInt(1, mutant.length)) : mutant);
        }
    }

    private static byte[] mutant(byte[] whole, SplittableRandom random) {
        byte[] mutant = whole.clone();
        for (int changes = random.nextInt(1, 8); changes > 0; changes--) {
            int at = random.nextBoolean() ? random.nextInt(mutant.length) : random.nextInt(Math.min(mutant.length, 64));
            mutant[at] = random.nextInt(3) == 0 ? (byte) 0xFF : (byte) random.nextInt();
        }
        return mutant;
    }

    /** Why the image is refused; null where every pixel of it comes out. */
    private static DeadLetterReason outcome(byte[] encoded) {
        try {
            CheckedImage image = new ImageGate(LIMITS).check(encoded);
            DecodedImage pixels =
                    new ImageIoDecoder().decode(image, ImageDecoder.FULL_SIZE).oriented(image.orientation());
            assertThat(DrawnPicture.rgb(pixels)).hasSize((int) (3 * image.pixels()));
            return null;
        } catch (ImageException e) {
            assertThat(e.getMessage()).isNotBlank().hasLineCount(1);
            return e.reason();
        }
    }
}
