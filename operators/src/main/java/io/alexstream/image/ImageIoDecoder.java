package io.alexstream.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import io.alexstream.image.CheckedImage.Coding;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decodes with the JDK's own readers for JPEG, PNG and BMP, TwelveMonkeys' for WebP, and ours for GIF. No natives beyond the
 * JDK's. The readers are made directly from their providers: ImageIO's look-up would use whatever is on the class path, and
 * registering TwelveMonkeys there would pin the job's class loader. Safe for concurrent use: each call has its own reader.
 *
 * <p>PNG and BMP values of more than eight bits a channel keep their upper eight. (Pillow clips 16-bit gray to 255 instead,
 * which turns such pictures white.)
 */
public final class ImageIoDecoder implements ImageDecoder {

    private final ImageReaderSpi jpeg = JdkReaders.provider("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi");
    private final ImageReaderSpi png = JdkReaders.provider("com.sun.imageio.plugins.png.PNGImageReaderSpi");
    private final ImageReaderSpi bmp = JdkReaders.provider("com.sun.imageio.plugins.bmp.BMPImageReaderSpi");
    private final ImageReaderSpi webp = new WebPImageReaderSpi();

    @Override
    public long peakBytes(CheckedImage image, int shorterSide) {
        return image.pixels() * bytesPerPixel(image);
    }

    private static int bytesPerPixel(CheckedImage image) {
        Coding coding = image.coding();
        return switch (image.format()) {
            case JPEG ->
                coding.channels() + (coding.channels() == 4 ? 3 : 0) + (coding.multipass() ? 2 * coding.channels() : 0);
            case PNG, BMP -> Math.max(1, coding.channels() * coding.bitsPerChannel() / 8) + 3;
            // Of the lossless kind up to three pictures of a sixteenth of the size lie beside it, four bytes a pixel.
            case WEBP -> 5;
            case GIF -> 3;
        };
    }

    @Override
    public DecodedImage decode(CheckedImage image, int shorterSide) {
        try {
            return switch (image.format()) {
                case JPEG -> image.coding().channels() == 4 ? cmyk(image) : read(jpeg, image);
                case PNG -> read(png, image);
                case BMP -> read(bmp, image);
                case WEBP -> Canvas.place(read(webp, image), image);
                case GIF -> new GifFrameDecoder(image).decode();
            };
        } catch (ImageException e) {
            throw e;
        } catch (IOException | RuntimeException | StackOverflowError | AssertionError e) {
            // Decoders meet broken data with any exception there is; the picture is at fault, not the job.
            throw ImageException.corrupt("the " + image.format() + " cannot be decoded: " + e, e);
        }
    }

    private static DecodedImage read(ImageReaderSpi provider, CheckedImage image) throws IOException {
        return reading(provider, image, reader -> RasterPixels.of(reader.read(0)));
    }

    private DecodedImage cmyk(CheckedImage image) throws IOException {
        return reading(
                jpeg,
                image,
                reader ->
                        CmykPixels.of(reader.readRaster(0, null), image.coding().ycck()));
    }

    private static DecodedImage reading(ImageReaderSpi provider, CheckedImage image, Reading reading)
            throws IOException {
        ImageReader reader = provider.createReaderInstance();
        ReaderWatch watch = new ReaderWatch();
        try (SplicedInput input = new SplicedInput(image.stream())) {
            reader.setInput(input, true, true);
            reader.addIIOReadWarningListener(watch);
            DecodedImage pixels = reading.read(reader);
            watch.check();
            if (pixels.width() != image.frame().width()
                    || pixels.height() != image.frame().height()) {
                throw ImageException.corrupt("the decoder finds another size than the header says");
            }
            return pixels;
        } finally {
            reader.dispose();
        }
    }

    /** What is read of an open reader. */
    private interface Reading {
        DecodedImage read(ImageReader reader) throws IOException;
    }
}
