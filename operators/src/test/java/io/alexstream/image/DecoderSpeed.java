package io.alexstream.image;

import io.alexstream.contract.InputSpec;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Images a second and core of both decoders, checks and resize included, by the thread's CPU time: a busy machine bends that
 * less than the clock. Arguments: folders of JPEGs; without any, drawn ones of ImageNet's size and of 12 megapixels.
 */
final class DecoderSpeed {

    private static final InputSpec INPUT = InputSpec.square(227, 256);

    /** Each decoder gets this much CPU time for warming up, and again for the figure. */
    private static final long ROUND_NANOS = 6_000_000_000L;

    private DecoderSpeed() {}

    public static void main(String[] folders) throws IOException {
        if (folders.length == 0) {
            compare("drawn 500 x 375", List.of(DrawnJpegs.of(500, 375, DrawnJpegs.Coding.COLOUR, 0.9f)));
            compare("drawn 4000 x 3000", List.of(DrawnJpegs.of(4000, 3000, DrawnJpegs.Coding.COLOUR, 0.9f)));
        }
        for (String folder : folders) {
            List<byte[]> files = new ArrayList<>();
            try (Stream<Path> paths = Files.list(Path.of(folder))) {
                for (Path path : paths.sorted().toList()) {
                    files.add(Files.readAllBytes(path));
                }
            }
            compare(folder, files);
        }
    }

    private static void compare(String name, List<byte[]> files) {
        for (DecoderKind kind : DecoderKind.values()) {
            FramePreprocessor frames = new FramePreprocessor(ImageLimits.ofDefaults(), kind.open(), true);
            imagesPerSecond(frames, files);
            System.out.printf("%s: %s %.1f images/s per core%n", name, kind, imagesPerSecond(frames, files));
        }
    }

    private static double imagesPerSecond(FramePreprocessor frames, List<byte[]> files) {
        ByteBuffer slot = ByteBuffer.allocateDirect(INPUT.frameBytes());
        long start = cpuNanos();
        long images = 0;
        while (cpuNanos() - start < ROUND_NANOS) {
            try (PreparedImage image = frames.prepare(files.get((int) (images % files.size())), INPUT)) {
                image.writeFrame(INPUT, slot);
            }
            images++;
        }
        return images * 1e9 / (cpuNanos() - start);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
