package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.alexstream.contract.InputSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenCV beside ImageIO: the same frames, and the same refusals. */
class OpenCvDecoderTest {

    private static final InputSpec INPUT = InputSpec.square(227, 256);
    private static final ImageGate GATE = new ImageGate(ImageLimits.ofDefaults());

    /** Tolerance of frames of reduced pictures, in steps of 255: half as much again as was seen (1.4 and 32). */
    private static final double MEAN = 2;

    private static final int GREATEST = 48;

    private static ImageDecoder openCv;

    private final ImageDecoder imageIo = new ImageIoDecoder();

    @BeforeAll
    static void loadNatives() {
        assumeThat(System.getProperty("os.name") + " " + System.getProperty("os.arch"))
                .as("the platform of the natives that the build brings")
                .isEqualTo("Linux amd64");
        openCv = DecoderKind.OPENCV.open();
    }

    @ParameterizedTest
    @EnumSource
    void decodesWhatJavaDecodesToTheBit(DrawnJpegs.Coding coding) {
        for (int size : new int[] {1, 7, 8, 9, 16, 17, 100, 333}) {
            byte[] jpeg = DrawnJpegs.of(size, 2 * size + 3, coding, 0.9f);

            assertThat(openCv.peakBytes(GATE.check(jpeg), ImageDecoder.FULL_SIZE))
                    .isGreaterThanOrEqualTo(imageIo.peakBytes(GATE.check(jpeg), ImageDecoder.FULL_SIZE));
            assertThat(rgb(openCv, jpeg, ImageDecoder.FULL_SIZE))
                    .as("%s of size %s", coding, size)
                    .isEqualTo(rgb(imageIo, jpeg, ImageDecoder.FULL_SIZE));
        }
    }

    @Test
    void walksThroughEverySequentialPictureToItsEnd() {
        for (DrawnJpegs.Coding coding : DrawnJpegs.Coding.values()) {
            CheckedImage image = GATE.check(DrawnJpegs.of(97, 211, coding, 0.75f));

            assertThat(EntropyWalk.isWhole(image))
                    .as("%s", coding)
                    .isEqualTo(!image.coding().multipass());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void reducesAsFarAsTheShorterSideAllows(int by) {
        CheckedImage image = GATE.check(DrawnJpegs.of(40 * by, 50 * by, DrawnJpegs.Coding.COLOUR, 0.9f));

        DecodedImage pixels = openCv.decode(image, 40);

        assertThat(pixels.width()).isEqualTo(40);
        assertThat(pixels.height()).isEqualTo(50);
        assertThat(openCv.decode(image, 41).width()).isEqualTo(by == 1 ? 40 : 80);
    }

    @Test
    void framesOfReducedPicturesStayClose() {
        for (DrawnJpegs.Coding coding : DrawnJpegs.Coding.values()) {
            byte[] jpeg = DrawnJpegs.of(2100, 3100, coding, 0.9f);

            assertClose(frame(openCv, jpeg), frame(imageIo, jpeg), coding.toString());
        }
    }

    @Test
    void turnsAsExifSaysOnce() {
        byte[] jpeg = DrawnJpegs.turned(DrawnJpegs.of(300, 200, DrawnJpegs.Coding.COLOUR, 0.9f), 6);

        assertThat(GATE.check(jpeg).orientation()).isEqualTo(6);
        assertThat(frame(openCv, jpeg)).isEqualTo(frame(imageIo, jpeg));
    }

    /** OpenCV alone returns half a picture for these. */
    @ParameterizedTest
    @EnumSource
    void refusesWhatIsCutShortAndEndedAgain(DrawnJpegs.Coding coding) {
        byte[] jpeg = DrawnJpegs.of(120, 90, coding, 0.9f);
        for (int cut = jpeg.length - 3; cut > jpeg.length / 3; cut -= 37) {
            byte[] ended = Arrays.copyOf(jpeg, cut + 2);
            ended[cut] = (byte) 0xFF;
            ended[cut + 1] = (byte) 0xD9;

            assertSameOutcome(ended, coding + " ended at " + cut);
            assertSameOutcome(Arrays.copyOf(jpeg, cut), coding + " cut at " + cut);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void refusesOfBrokenPicturesWhatJavaRefuses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<DrawnJpegs.Coding> codings = List.of(DrawnJpegs.Coding.values());
        for (int i = 0; i < 100; i++) {
            byte[] jpeg = DrawnJpegs.of(80, 64, codings.get(i % codings.size()), 0.8f);
            int changes = 1 + random.nextInt(3);
            for (int change = 0; change < changes; change++) {
                jpeg[random.nextInt(2, jpeg.length)] = (byte) random.nextInt();
            }

            assertSameOutcome(jpeg, "seed " + seed + ", picture " + i);
        }
    }

    @Test
    void makesTheSameFramesOfRealPhotographs() throws IOException {
        for (Path photograph : files("images/imagenet-sample")) {
            byte[] jpeg = Files.readAllBytes(photograph);

            assertThat(EntropyWalk.isWhole(GATE.check(jpeg)))
                    .as("%s", photograph)
                    .isTrue();
            assertThat(rgb(openCv, jpeg, ImageDecoder.FULL_SIZE))
                    .as("%s", photograph)
                    .isEqualTo(rgb(imageIo, jpeg, ImageDecoder.FULL_SIZE));
            assertClose(frame(openCv, jpeg), frame(imageIo, jpeg), photograph.toString());
        }
    }

    @Test
    void treatsOddFilesAsJavaDoes() throws IOException {
        for (String folder : List.of("odd/generated", "odd/exif")) {
            for (Path odd : files(folder)) {
                assertSameOutcome(Files.readAllBytes(odd), odd.toString());
            }
        }
    }

    private static void assertClose(byte[] frame, byte[] expected, String description) {
        Difference difference = Difference.of(frame, expected);
        assertThat(difference.mean()).as("%s: %s", description, difference).isLessThan(MEAN);
        assertThat(difference.greatest()).as("%s: %s", description, difference).isLessThanOrEqualTo(GREATEST);
    }

    private static List<Path> files(String folder) throws IOException {
        Path directory = Path.of(System.getProperty("alexstream.shared", "absent"), folder);
        assumeThat(directory)
                .as("pictures outside the project, named by alexstream.shared")
                .isDirectory();
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private void assertSameOutcome(byte[] encoded, String description) {
        Object expected = outcome(imageIo, encoded);
        assertThat(outcome(openCv, encoded)).as(description).isEqualTo(expected);
    }

    /** The refusal in words, or a picture's pixels. */
    private static Object outcome(ImageDecoder decoder, byte[] encoded) {
        try {
            return rgb(decoder, encoded, ImageDecoder.FULL_SIZE);
        } catch (ImageException e) {
            return e.reason() + " " + e.getMessage();
        }
    }

    private static byte[] rgb(ImageDecoder decoder, byte[] encoded, int shorterSide) {
        DecodedImage image = decoder.decode(GATE.check(encoded), shorterSide);
        byte[] rgb = new byte[3 * image.width() * image.height()];
        for (int y = 0, to = 0; y < image.height(); y++) {
            int from = image.origin() + y * image.rowStride();
            for (int x = 0; x < image.width(); x++) {
                rgb[to++] = image.data()[from + image.red()];
                rgb[to++] = image.data()[from + image.green()];
                rgb[to++] = image.data()[from + image.blue()];
                from += image.columnStride();
            }
        }
        return rgb;
    }

    private static byte[] frame(ImageDecoder decoder, byte[] encoded) {
        ByteBuffer slot = ByteBuffer.allocate(INPUT.frameBytes());
        try (PreparedImage image =
                new FramePreprocessor(ImageLimits.ofDefaults(), decoder, true).prepare(encoded, INPUT)) {
            image.writeFrame(INPUT, slot);
        }
        return slot.array();
    }

    /** How far two frames are apart, in steps of 255. */
    private record Difference(double mean, int greatest) {

        static Difference of(byte[] one, byte[] other) {
            long sum = 0;
            int greatest = 0;
            for (int i = 0; i < one.length; i++) {
                int step = Math.abs((one[i] & 0xFF) - (other[i] & 0xFF));
                sum += step;
                greatest = Math.max(greatest, step);
            }
            return new Difference((double) sum / one.length, greatest);
        }
    }
}
