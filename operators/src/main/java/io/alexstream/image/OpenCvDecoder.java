package io.alexstream.image;

import io.alexstream.image.CheckedImage.Coding;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.jspecify.annotations.Nullable;

/**
 * Decodes sequential JPEGs of one or three channels with OpenCV's libjpeg-turbo, large ones at a half, a quarter or an eighth of
 * their size straight out of the cosine transform. OpenCV keeps libjpeg's warnings to itself, so what it gets is walked through
 * first. All else, and whatever is doubtful, is decoded by {@link ImageIoDecoder}: what that refuses is refused here. Safe for
 * concurrent use: each call has its own native memory, freed before it returns. The one class that knows OpenCV.
 */
final class OpenCvDecoder implements ImageDecoder {

    /** JavaCPP's limit on the whole process's memory, twice the heap unless set: a model beside it would break that. */
    private static final String PROCESS_LIMIT = "org.bytedeco.javacpp.maxPhysicalBytes";

    /** Smallest that libjpeg's transform gives at full speed: one sample for a block of 8 x 8. */
    private static final int MOST_REDUCED = 8;

    private final ImageIoDecoder other = new ImageIoDecoder();

    /**
     * Loads the natives, once in a process.
     *
     * @throws LinkageError where OpenCV's classes or natives are missing
     */
    OpenCvDecoder() {
        if (System.getProperty(PROCESS_LIMIT) == null) {
            System.setProperty(PROCESS_LIMIT, "0");
        }
        Loader.load(opencv_imgcodecs.class);
    }

    /** The native copies of file and pixels count too; where the JDK has to decode, it needs no more than it always does. */
    @Override
    public long peakBytes(CheckedImage image, int shorterSide) {
        long fallback = other.peakBytes(image, shorterSide);
        if (!isNative(image)) {
            return fallback;
        }
        int by = reduction(image, shorterSide);
        long pixels = (long) reduced(image.width(), by) * reduced(image.height(), by);
        return Math.max(fallback, encodedBytes(image) + 2 * image.coding().channels() * pixels);
    }

    @Override
    public DecodedImage decode(CheckedImage image, int shorterSide) {
        if (isNative(image) && EntropyWalk.isWhole(image)) {
            DecodedImage pixels = decoded(image, reduction(image, shorterSide));
            if (pixels != null) {
                return pixels;
            }
        }
        return other.decode(image, shorterSide);
    }

    private static boolean isNative(CheckedImage image) {
        Coding coding = image.coding();
        return image.format() == ImageFormat.JPEG && coding.channels() < 4 && !coding.multipass();
    }

    /** Largest power of two by which both sides can shrink so that the shorter one is no shorter than asked. */
    private static int reduction(CheckedImage image, int shorterSide) {
        int by = MOST_REDUCED;
        while (by > 1 && reduced(Math.min(image.width(), image.height()), by) < shorterSide) {
            by /= 2;
        }
        return by;
    }

    /** As libjpeg rounds: a block at the edge counts whole. */
    private static int reduced(int side, int by) {
        return (side - 1) / by + 1;
    }

    private static long encodedBytes(CheckedImage image) {
        long bytes = 0;
        for (ByteBuffer part : image.stream()) {
            bytes += part.limit();
        }
        return bytes;
    }

    /** The pixels; null where OpenCV does not want to. */
    private static @Nullable DecodedImage decoded(CheckedImage image, int by) {
        int width = reduced(image.width(), by);
        int height = reduced(image.height(), by);
        int channels = image.coding().channels();
        try (BytePointer file = copied(image);
                Mat encoded = new Mat(1, (int) file.limit(), opencv_core.CV_8UC1, file);
                Mat pixels = opencv_imgcodecs.imdecode(encoded, flags(channels, by))) {
            if (pixels.empty()
                    || pixels.cols() != width
                    || pixels.rows() != height
                    || pixels.channels() != channels
                    || !pixels.isContinuous()) {
                return null;
            }
            byte[] data = new byte[channels * width * height];
            pixels.data().get(data);
            return channels == 1
                    ? new DecodedImage(data, width, height, 0, 1, width, 0, 0, 0)
                    : new DecodedImage(data, width, height, 0, 3, 3 * width, 2, 1, 0);
        } catch (RuntimeException e) {
            // A C++ exception: a limit of OpenCV's, or memory. The other decoder finds out what is wrong.
            return null;
        }
    }

    private static BytePointer copied(CheckedImage image) {
        long bytes = encodedBytes(image);
        BytePointer file = new BytePointer(bytes);
        ByteBuffer target = file.asByteBuffer();
        for (ByteBuffer part : image.stream()) {
            target.put(part.duplicate().rewind());
        }
        return file;
    }

    private static int flags(int channels, int by) {
        boolean gray = channels == 1;
        int size = switch (by) {
            case 2 -> gray ? opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_2 : opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
            case 4 -> gray ? opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_4 : opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
            case 8 -> gray ? opencv_imgcodecs.IMREAD_REDUCED_GRAYSCALE_8 : opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
            default -> gray ? opencv_imgcodecs.IMREAD_GRAYSCALE : opencv_imgcodecs.IMREAD_COLOR;
        };
        return size | opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
    }
}
