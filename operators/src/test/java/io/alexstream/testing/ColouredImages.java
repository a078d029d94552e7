package io.alexstream.testing;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures of one colour, which {@link FakeInferenceSession} tells apart by their red. */
public final class ColouredImages {

    private ColouredImages() {}

    /** A PNG whose every pixel has this much red. */
    public static byte[] png(int red) {
        BufferedImage image = new BufferedImage(12, 10, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(red, 50, 100));
        graphics.fillRect(0, 0, 12, 10);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The same as a {@code data:} URI. */
    public static String uri(int red) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png(red));
    }
}
