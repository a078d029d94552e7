package io.alexstream.model.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Folders of small drawn pictures, one sub-folder a class, that a tiny net tells apart. */
public final class DrawnClasses {

    /** Names of the classes, alphabetical. */
    public static final String[] NAMES = {"across", "checks", "down"};

    private DrawnClasses() {}

    /** Draws so many pictures of each class, the same every time. */
    public static Path draw(Path folder, int pictures) throws IOException {
        for (int kind = 0; kind < NAMES.length; kind++) {
            for (int i = 0; i < pictures; i++) {
                picture(folder.resolve(NAMES[kind]).resolve(i + ".png"), kind, i);
            }
        }
        return folder;
    }

    /** Draws one picture of 44 x 40 pixels. */
    public static void picture(Path file, int kind, int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(1000L * kind + seed);
        int phase = random.nextInt(8);
        BufferedImage image = new BufferedImage(44, 40, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 44; x++) {
                boolean light = switch (kind) {
                    case 0 -> (y + phase) / 4 % 2 == 0;
                    case 1 -> ((x + phase) / 4 + (y + phase) / 4) % 2 == 0;
                    default -> (x + phase) / 4 % 2 == 0;
                };
                int value = (light ? 190 : 40) + random.nextInt(50);
                image.setRGB(x, y, value << 16 | value << 8 | (value / 2 + random.nextInt(30)));
            }
        }
        Files.createDirectories(file.getParent());
        ImageIO.write(image, "png", file.toFile());
    }
}
