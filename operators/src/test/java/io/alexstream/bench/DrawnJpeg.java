package io.alexstream.bench;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** A JPEG as dense in detail as a photo: shapes of all sizes, and noise on every pixel. */
final class DrawnJpeg {

    /** Spread of the noise in grey levels: it gives 500 x 375 pixels 80 KB, not far from ImageNet's 110 (138 GB, 1.28 million). */
    private static final int NOISE = 64;

    private DrawnJpeg() {}

    /** Of a size such as {@code 500x375}. */
    static byte[] of(String size) throws IOException {
        int cross = size.indexOf('x');
        return of(Integer.parseInt(size.substring(0, cross)), Integer.parseInt(size.substring(cross + 1)), 1);
    }

    /** The same arguments give the same bytes on the same JDK. */
    static byte[] of(int width, int height, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < 200; i++) {
            canvas.setColor(new Color(random.nextInt(1 << 24)));
            int side = random.nextInt(8, Math.max(9, height / 3));
            canvas.fillOval(random.nextInt(width), random.nextInt(height), side, side);
        }
        canvas.dispose();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, noisy(image.getRGB(x, y), random.nextInt(-NOISE, NOISE + 1)));
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "jpg", bytes)) {
            throw new IOException("this JDK writes no JPEG");
        }
        return bytes.toByteArray();
    }

    private static int noisy(int rgb, int noise) {
        return clip((rgb >> 16 & 0xFF) + noise) << 16
                | clip((rgb >> 8 & 0xFF) + noise) << 8
                | clip((rgb & 0xFF) + noise);
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
