package io.alexstream.gpubench;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Draws JPEGs for the frame path. Stateless. */
final class Pictures {

    /** Enough that no cache of the processor holds them decoded. */
    private static final int COUNT = 64;

    /** ImageNet's most frequent size. */
    private static final int WIDTH = 500;

    private static final int HEIGHT = 375;

    /** Spread of the noise in grey levels: it gives a file about 80 KB, not far from ImageNet's 110. */
    private static final int NOISE = 64;

    private Pictures() {}

    /** Fills the folder; files that are there are drawn again, to the same bytes. */
    static void draw(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (int i = 0; i < COUNT; i++) {
            if (!ImageIO.write(
                    picture(i), "jpg", folder.resolve("picture-" + i + ".jpg").toFile())) {
                throw new IOException("this JDK writes no JPEG");
            }
        }
    }

    private static BufferedImage picture(int number) {
        SplittableRandom random = new SplittableRandom(number);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        int period = 20 + number % 60;
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int red = 255 * x / WIDTH;
                int green = (x / period + y / period) % 2 * 160 + 40;
                int blue = 255 * y / HEIGHT;
                int noise = random.nextInt(-NOISE, NOISE + 1);
                image.setRGB(x, y, clip(red + noise) << 16 | clip(green + noise) << 8 | clip(blue + noise));
            }
        }
        return image;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
