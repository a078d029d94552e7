package io.alexstream.demo;

import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** The kinds of picture files that the demo draws: what people's folders hold. */
enum PictureKind {
    JPEG("jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 0.85f, false),
    JPEG_FINE("jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 0.97f, false),
    JPEG_COARSE("jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 0.3f, false),
    JPEG_PROGRESSIVE("jpg", "jpeg", BufferedImage.TYPE_INT_RGB, 0.8f, true),
    JPEG_GRAY("jpg", "jpeg", BufferedImage.TYPE_BYTE_GRAY, 0.8f, false),
    PNG("png", "png", BufferedImage.TYPE_INT_RGB, -1, false),
    PNG_ALPHA("png", "png", BufferedImage.TYPE_INT_ARGB, -1, false),
    PNG_PALETTE("png", "png", BufferedImage.TYPE_BYTE_INDEXED, -1, false),
    PNG_GRAY("png", "png", BufferedImage.TYPE_BYTE_GRAY, -1, false),
    PNG_BLACK_AND_WHITE("png", "png", BufferedImage.TYPE_BYTE_BINARY, -1, false),
    GIF("gif", "gif", BufferedImage.TYPE_BYTE_INDEXED, -1, false),
    BMP("bmp", "bmp", BufferedImage.TYPE_3BYTE_BGR, -1, false);

    private final String ending;
    private final String writer;
    private final int type;
    private final float quality;
    private final boolean progressive;

    PictureKind(String ending, String writer, int type, float quality, boolean progressive) {
        this.ending = ending;
        this.writer = writer;
        this.type = type;
        this.quality = quality;
        this.progressive = progressive;
    }

    /** Of the file's name, without the dot. */
    String ending() {
        return ending;
    }

    String mediaType() {
        return "image/" + writer;
    }

    /** Draws it and writes it as a file of this kind. */
    byte[] draw(Drawing drawing, int width, int height, long seed) throws IOException {
        BufferedImage image = type == BufferedImage.TYPE_BYTE_INDEXED
                ? withPalette(drawing.draw(BufferedImage.TYPE_INT_RGB, width, height, seed))
                : drawing.draw(type, width, height, seed);
        if (type == BufferedImage.TYPE_INT_ARGB) {
            fadeOut(image);
        }
        return encode(image);
    }

    /** From opaque at the top to clear at the bottom. */
    private static void fadeOut(BufferedImage image) {
        Graphics2D canvas = image.createGraphics();
        canvas.setComposite(AlphaComposite.DstIn);
        canvas.setPaint(new GradientPaint(0, 0, Color.BLACK, 0, image.getHeight(), new Color(0, 0, 0, 0)));
        canvas.fillRect(0, 0, image.getWidth(), image.getHeight());
        canvas.dispose();
    }

    /** 216 colours: the cube of six steps a channel. */
    private static BufferedImage withPalette(BufferedImage source) {
        int steps = 6;
        byte[][] cube = new byte[3][steps * steps * steps];
        for (int i = 0; i < cube[0].length; i++) {
            cube[0][i] = (byte) (i / 36 * 51);
            cube[1][i] = (byte) (i / 6 % 6 * 51);
            cube[2][i] = (byte) (i % 6 * 51);
        }
        IndexColorModel palette = new IndexColorModel(8, cube[0].length, cube[0], cube[1], cube[2]);
        BufferedImage indexed =
                new BufferedImage(source.getWidth(), source.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, palette);
        for (int y = 0; y < source.getHeight(); y++) {
            for (int x = 0; x < source.getWidth(); x++) {
                int rgb = source.getRGB(x, y);
                int index = (rgb >> 16 & 0xFF) / 43 * 36 + (rgb >> 8 & 0xFF) / 43 * 6 + (rgb & 0xFF) / 43;
                indexed.getRaster().setSample(x, y, 0, index);
            }
        }
        return indexed;
    }

    private byte[] encode(BufferedImage image) throws IOException {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName(writer);
        if (!writers.hasNext()) {
            throw new IOException("this JDK writes no " + writer);
        }
        ImageWriter imageWriter = writers.next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam settings = imageWriter.getDefaultWriteParam();
            if (quality > 0) {
                settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                settings.setCompressionQuality(quality);
            }
            if (progressive) {
                settings.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            imageWriter.setOutput(out);
            imageWriter.write(null, new IIOImage(image, null, null), settings);
        } finally {
            imageWriter.dispose();
        }
        return bytes.toByteArray();
    }
}
