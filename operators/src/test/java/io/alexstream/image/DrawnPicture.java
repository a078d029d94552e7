package io.alexstream.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/** Pictures that the tests draw themselves, and their encodings. */
final class DrawnPicture {

    private DrawnPicture() {}

    /** Smooth colours, so that lossy formats stay close. */
    static BufferedImage gradient(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 255 * x / width;
                int green = 255 * y / height;
                int blue = 255 - (red + green) / 2;
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    /** Every pixel unlike its neighbours, so that no mistake averages out. */
    static BufferedImage checks(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 7919 + y * 104_729 + x * y * 31) & 0xFFFFFF);
            }
        }
        return image;
    }

    /** The same picture stored in another type of image. */
    static BufferedImage as(int type, BufferedImage image) {
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), type);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                copy.setRGB(x, y, image.getRGB(x, y));
            }
        }
        return copy;
    }

    static byte[] encode(String format, BufferedImage image) {
        return encode(format, image, false);
    }

    static byte[] progressiveJpeg(BufferedImage image) {
        return encode("jpeg", image, true);
    }

    private static byte[] encode(String format, BufferedImage image, boolean progressive) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ImageWriteParam param = writer.getDefaultWriteParam();
        if (progressive) {
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
        }
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** Red, green and blue of every pixel, rows from the top. */
    static byte[] rgb(BufferedImage image) {
        byte[] rgb = new byte[3 * image.getWidth() * image.getHeight()];
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int color = image.getRGB(x, y);
                rgb[to++] = (byte) (color >> 16);
                rgb[to++] = (byte) (color >> 8);
                rgb[to++] = (byte) color;
            }
        }
        return rgb;
    }

    /** The same of decoded pixels, whatever their layout. */
    static byte[] rgb(DecodedImage image) {
        byte[] rgb = new byte[3 * image.width() * image.height()];
        for (int y = 0, to = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                int pixel = image.origin() + x * image.columnStride() + y * image.rowStride();
                rgb[to++] = image.data()[pixel + image.red()];
                rgb[to++] = image.data()[pixel + image.green()];
                rgb[to++] = image.data()[pixel + image.blue()];
            }
        }
        return rgb;
    }

    /** Decodes without limits that matter here. */
    static DecodedImage decode(byte[] encoded) {
        return new ImageIoDecoder()
                .decode(new ImageGate(ImageLimits.ofDefaults()).check(encoded), ImageDecoder.FULL_SIZE);
    }
}
