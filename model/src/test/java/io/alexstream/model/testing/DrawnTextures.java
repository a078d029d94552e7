package io.alexstream.model.testing;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/**
 * Pictures of ten textures that AlexNet tells apart after some minutes of training. Colours, contrast, scale, phase, a tilt and noise
 * are drawn for each picture, so that only the texture says the class. The same every time.
 */
public final class DrawnTextures {

    /** The classes, in alphabetical order. */
    public static final List<String> NAMES = List.of(
            "bricks", "checks", "dots", "grid", "noise", "rings", "stripes-across", "stripes-down", "waves", "zigzag");

    private static final int WIDTH = 300;
    private static final int HEIGHT = 260;

    private DrawnTextures() {}

    /** Draws so many pictures of each class into a sub-folder of its name. */
    public static Path draw(Path folder, int pictures) throws IOException {
        for (String name : NAMES) {
            Path own = Files.createDirectories(folder.resolve(name));
            for (int i = 0; i < pictures; i++) {
                ImageIO.write(picture(name, i), "jpg", own.resolve(i + ".jpg").toFile());
            }
        }
        return folder;
    }

    /** One picture of 300 x 260 pixels. */
    public static BufferedImage picture(String name, int seed) {
        SplittableRandom random = new SplittableRandom(1000L * NAMES.indexOf(name) + seed);
        double period = 18 + random.nextDouble() * 22;
        double tilt = (random.nextDouble() - 0.5) * 0.3;
        double left = random.nextDouble() * period;
        double top = random.nextDouble() * period;
        int dark = random.nextInt(1 << 24) & 0x7F7F7F;
        int light = random.nextInt(1 << 24) | 0x808080;
        int noise = 8 + random.nextInt(25);
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                double u = (x + left + tilt * y) / period;
                double v = (y + top - tilt * x) / period;
                double share = name.equals("noise")
                        ? blocks(seed, x, y, Math.max(3, (int) period / 5))
                        : share(name, u, v, (x - WIDTH / 2.0) / period, (y - HEIGHT / 2.0) / period);
                image.setRGB(x, y, mixed(dark, light, share, random.nextInt(noise) - noise / 2));
            }
        }
        return image;
    }

    /** From 0, dark, to 1, light; u and v count periods from the left and the top, a and b from the middle. */
    private static double share(String name, double u, double v, double a, double b) {
        double row = Math.floor(v);
        return switch (name) {
            case "bricks" -> part(v) < 0.15 || part(u / 2 + (row % 2) / 2) < 0.08 ? 1 : 0;
            case "checks" -> (Math.floor(u) + row) % 2 == 0 ? 1 : 0;
            case "dots" -> Math.hypot(part(u) - 0.5, part(v) - 0.5) < 0.3 ? 1 : 0;
            case "grid" -> part(u) < 0.15 || part(v) < 0.15 ? 1 : 0;
            case "rings" -> part(Math.hypot(a, b)) < 0.5 ? 1 : 0;
            case "stripes-across" -> part(v) < 0.5 ? 1 : 0;
            case "stripes-down" -> part(u) < 0.5 ? 1 : 0;
            case "waves" -> part(v + 0.35 * Math.sin(2.5 * u)) < 0.5 ? 1 : 0;
            default -> part(v + Math.abs(part(u / 2) - 0.5) * 2) < 0.5 ? 1 : 0;
        };
    }

    private static double part(double value) {
        return value - Math.floor(value);
    }

    private static double blocks(int seed, int x, int y, int side) {
        return new SplittableRandom(seed * 7919L + x / side * 131L + y / side).nextInt(4) / 3.0;
    }

    private static int mixed(int dark, int light, double share, int noise) {
        int mixed = 0;
        for (int shift = 0; shift <= 16; shift += 8) {
            double value = (dark >> shift & 0xFF) * (1 - share) + (light >> shift & 0xFF) * share + noise;
            mixed |= (int) Math.max(0, Math.min(255, value)) << shift;
        }
        return mixed;
    }
}
