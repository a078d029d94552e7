package io.alexstream.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;

/** What a drawn picture shows. Drawn without fonts, which a small JDK image may not have. */
public enum Scene implements Drawing {
    LANDSCAPE {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            canvas.setPaint(new GradientPaint(0, 0, colour(random, 0.55f, 0.5f, 1), 0, height, Color.WHITE));
            canvas.fill(new Rectangle2D.Double(0, 0, width, height));
            canvas.setPaint(colour(random, 0.12f, 0.9f, 1));
            double sun = height / 6.0;
            canvas.fill(new Ellipse2D.Double(random.nextDouble(width), random.nextDouble(height / 3.0), sun, sun));
            for (int ridge = 0; ridge < 4; ridge++) {
                canvas.setPaint(colour(random, 0.3f, 0.6f, 0.9f - 0.18f * ridge));
                canvas.fill(ridge(width, height, height * (0.4 + 0.13 * ridge), random));
            }
        }
    },
    STRIPES {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            int count = random.nextInt(4, 24);
            canvas.rotate(random.nextDouble(Math.PI), width / 2.0, height / 2.0);
            double reach = Math.hypot(width, height);
            for (int i = 0; i < count; i++) {
                canvas.setPaint(colour(random, random.nextDouble(), 0.7f, 0.9f));
                canvas.fill(new Rectangle2D.Double(
                        width / 2.0 - reach / 2 + i * reach / count,
                        height / 2.0 - reach / 2,
                        reach / count + 1,
                        reach));
            }
        }
    },
    CHECKERS {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            int cell = Math.max(2, Math.min(width, height) / random.nextInt(3, 17));
            Color[] colours = {
                colour(random, random.nextDouble(), 0.4f, 1), colour(random, random.nextDouble(), 0.9f, 0.4f)
            };
            for (int y = 0; y < height; y += cell) {
                for (int x = 0; x < width; x += cell) {
                    canvas.setPaint(colours[(x / cell + y / cell) % 2]);
                    canvas.fillRect(x, y, cell, cell);
                }
            }
        }
    },
    BUBBLES {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            canvas.setPaint(colour(random, random.nextDouble(), 0.3f, 0.3f));
            canvas.fillRect(0, 0, width, height);
            for (int i = 0; i < 60; i++) {
                double size = random.nextDouble(0.02, 0.3) * Math.min(width, height);
                Color colour = colour(random, random.nextDouble(), 0.6f, 1);
                canvas.setPaint(new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 120));
                canvas.fill(new Ellipse2D.Double(
                        random.nextDouble(width) - size / 2, random.nextDouble(height) - size / 2, size, size));
            }
        }
    },
    FLOWER {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            canvas.setPaint(new GradientPaint(
                    0, 0, colour(random, 0.3f, 0.8f, 0.6f), width, height, colour(random, 0.35f, 0.5f, 0.2f)));
            canvas.fillRect(0, 0, width, height);
            int petals = random.nextInt(5, 14);
            double size = Math.min(width, height) * 0.4;
            canvas.translate(width / 2.0, height / 2.0);
            canvas.setPaint(colour(random, random.nextDouble(), 0.7f, 1));
            for (int i = 0; i < petals; i++) {
                canvas.rotate(2 * Math.PI / petals);
                canvas.fill(new Ellipse2D.Double(size * 0.15, -size * 0.14, size, size * 0.28));
            }
            canvas.setPaint(colour(random, 0.13f, 0.9f, 1));
            canvas.fill(new Ellipse2D.Double(-size * 0.22, -size * 0.22, size * 0.44, size * 0.44));
        }
    },
    HOUSES {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            canvas.setPaint(new GradientPaint(
                    0, 0, colour(random, 0.65f, 0.6f, 0.4f), 0, height, colour(random, 0.05f, 0.5f, 1)));
            canvas.fillRect(0, 0, width, height);
            double left = 0;
            while (left < width) {
                double wide = width * random.nextDouble(0.08, 0.2);
                double high = height * random.nextDouble(0.25, 0.75);
                canvas.setPaint(colour(random, random.nextDouble(), 0.3f, 0.6f));
                canvas.fill(new Rectangle2D.Double(left, height - high, wide, high));
                canvas.setPaint(colour(random, 0.14f, 0.6f, 1));
                for (double y = height - high + wide / 6; y < height - wide / 6; y += wide / 3) {
                    for (double x = left + wide / 8; x < left + wide * 0.8; x += wide / 3) {
                        canvas.fill(new Rectangle2D.Double(x, y, wide / 6, wide / 6));
                    }
                }
                left += wide * 1.05;
            }
        }
    },
    SCRIBBLE {
        @Override
        void paint(Graphics2D canvas, int width, int height, SplittableRandom random) {
            canvas.setPaint(Color.WHITE);
            canvas.fillRect(0, 0, width, height);
            for (int i = 0; i < 12; i++) {
                Path2D line = new Path2D.Double();
                line.moveTo(random.nextDouble(width), random.nextDouble(height));
                for (int bend = 0; bend < 5; bend++) {
                    line.quadTo(
                            random.nextDouble(width),
                            random.nextDouble(height),
                            random.nextDouble(width),
                            random.nextDouble(height));
                }
                canvas.setPaint(colour(random, random.nextDouble(), 0.9f, 0.7f));
                canvas.setStroke(new BasicStroke(
                        Math.max(1f, Math.min(width, height) / 60f), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
                canvas.draw(line);
            }
        }
    };

    abstract void paint(Graphics2D canvas, int width, int height, SplittableRandom random);

    @Override
    public BufferedImage draw(int type, int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D canvas = image.createGraphics();
        try {
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            paint(canvas, width, height, new SplittableRandom(seed));
        } finally {
            canvas.dispose();
        }
        return image;
    }

    /** A colour near that hue, a little off so that no two pictures are alike. */
    private static Color colour(SplittableRandom random, double hue, float saturation, float brightness) {
        float shift = (float) random.nextDouble(-0.06, 0.06);
        return Color.getHSBColor((float) hue + shift, saturation, brightness);
    }

    private static Path2D ridge(int width, int height, double top, SplittableRandom random) {
        Path2D ridge = new Path2D.Double();
        ridge.moveTo(0, height);
        for (int i = 0; i <= 8; i++) {
            ridge.lineTo(width * i / 8.0, top + random.nextDouble(-0.1, 0.1) * height);
        }
        ridge.lineTo(width, height);
        ridge.closePath();
        return ridge;
    }
}
