package io.alexstream.image;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import org.w3c.dom.Node;

/** JPEGs drawn and encoded by the JDK: shapes, a gradient and some noise, always the same. */
final class DrawnJpegs {

    private static final String NATIVE = "javax_imageio_jpeg_image_1.0";

    private DrawnJpegs() {}

    /** How a picture is coded. */
    enum Coding {
        COLOUR,
        FULL_CHROMA,
        HALF_CHROMA,
        TALL_CHROMA,
        GRAY,
        OPTIMISED,
        RESTARTS,
        GRAY_RESTARTS,
        PROGRESSIVE
    }

    static byte[] of(int width, int height, Coding coding, float quality) {
        boolean gray = coding == Coding.GRAY || coding == Coding.GRAY_RESTARTS;
        BufferedImage image = drawn(width, height, gray ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            if (coding == Coding.PROGRESSIVE) {
                parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            if (coding == Coding.OPTIMISED) {
                ((javax.imageio.plugins.jpeg.JPEGImageWriteParam) parameters).setOptimizeHuffmanTables(true);
            }
            IIOMetadata metadata =
                    writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
            IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(NATIVE);
            change(root, coding);
            metadata.setFromTree(NATIVE, root);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static void change(IIOMetadataNode root, Coding coding) {
        switch (coding) {
            case FULL_CHROMA -> sample(root, "1", "1");
            case HALF_CHROMA -> sample(root, "2", "1");
            case TALL_CHROMA -> sample(root, "1", "2");
            case RESTARTS, GRAY_RESTARTS -> {
                IIOMetadataNode interval = new IIOMetadataNode("dri");
                interval.setAttribute("interval", "3");
                Node sequence = root.getElementsByTagName("markerSequence").item(0);
                sequence.insertBefore(interval, root.getElementsByTagName("sos").item(0));
            }
            default -> {}
        }
    }

    private static void sample(IIOMetadataNode root, String across, String down) {
        IIOMetadataNode luma =
                (IIOMetadataNode) root.getElementsByTagName("componentSpec").item(0);
        luma.setAttribute("HsamplingFactor", across);
        luma.setAttribute("VsamplingFactor", down);
    }

    /** The same picture with an EXIF block that says it is turned. */
    static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = {
            (byte) 0xFF,
            (byte) 0xE1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            '*',
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
        byte[] turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
        return turned;
    }

    private static BufferedImage drawn(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setPaint(new GradientPaint(0, 0, Color.ORANGE, width, height, Color.BLUE));
        graphics.fillRect(0, 0, width, height);
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 60; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            int side = 1 + random.nextInt(Math.max(1, width / 4));
            graphics.fillOval(random.nextInt(width), random.nextInt(height), side, side);
        }
        graphics.dispose();
        for (int i = 0; i < width * height / 8; i++) {
            int x = random.nextInt(width);
            int y = random.nextInt(height);
            image.setRGB(x, y, image.getRGB(x, y) ^ random.nextInt() & 0x1F1F1F);
        }
        return image;
    }
}
