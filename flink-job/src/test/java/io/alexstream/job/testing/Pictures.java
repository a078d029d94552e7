package io.alexstream.job.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Small pictures, drawn from a seed. */
public final class Pictures {

    private static final int SIZE = 48;

    private Pictures() {}

    /** @param format {@code png} or {@code jpg} */
    public static byte[] draw(long seed, String format) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < 5; i++) {
            graphics.setColor(new Color(random.nextInt(1 << 24)));
            graphics.fillRect(random.nextInt(SIZE), random.nextInt(SIZE), SIZE, SIZE);
        }
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IOException("no writer for " + format);
        }
        return bytes.toByteArray();
    }

    /** A whole picture as a {@code data:} URI. */
    public static String inline(long seed) throws IOException {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(draw(seed, "png"));
    }
}
