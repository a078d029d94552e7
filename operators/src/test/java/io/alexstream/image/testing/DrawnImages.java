package io.alexstream.image.testing;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures with smooth areas, edges and texture, made by integer arithmetic alone so that they are the same everywhere, and
 * files of them.
 */
public final class DrawnImages {

    private DrawnImages() {}

    /** A picture of its own for each seed. */
    public static BufferedImage picture(int width, int height, int seed) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, colour(x, y, width, height, seed));
            }
        }
        return image;
    }

    private static int colour(int x, int y, int width, int height, int seed) {
        int dx = x - width * (2 + seed % 3) / 6;
        int dy = y - height * (2 + seed % 2) / 5;
        int radius = Math.min(width, height) / 3 + seed % 5;
        int red = 255 * x / Math.max(1, width - 1);
        int green = 255 * y / Math.max(1, height - 1);
        int blue = (x * 7 + y * 13 + seed * 29) % 256;
        if (dx * dx + dy * dy < radius * radius) {
            red = 255 - red / 2;
            blue = 40 + seed * 17 % 200;
        }
        if ((x / 16 + y / 16 + seed) % 5 == 0) {
            green = 255 - green;
        }
        return red << 16 | green << 8 | blue;
    }

    /** The same picture as another kind of BufferedImage. */
    public static BufferedImage as(int type, BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
        copy.createGraphics().drawImage(image, 0, 0, null);
        return copy;
    }

    public static byte[] jpeg(int width, int height, int seed) {
        return jpeg(picture(width, height, seed), 0.9f, false);
    }

    public static byte[] jpeg(RenderedImage image, float quality, boolean progressive) {
        return jpeg(new IIOImage(image, null, null), quality, progressive);
    }

    /** The raster's channels as they are, one to four of them, at the best quality, without a word about colours. */
    public static byte[] rawJpeg(Raster raster) {
        return jpeg(new IIOImage(raster, null, null), 1f, false);
    }

    private static byte[] jpeg(IIOImage image, float quality, boolean progressive) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            param.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.setOutput(out);
            writer.write(null, image, param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    public static byte[] png(RenderedImage image) {
        return written("png", image);
    }

    public static byte[] gif(RenderedImage image) {
        return written("gif", image);
    }

    public static byte[] bmp(RenderedImage image) {
        return written("bmp", image);
    }

    private static byte[] written(String format, RenderedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("the JDK writes no " + format + " of this kind of image");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
