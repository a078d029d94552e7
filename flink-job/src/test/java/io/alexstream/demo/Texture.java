package io.alexstream.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the demo's network learns to tell apart: ten textures, dark on light in any two colours, of many sizes, a little turned and
 * somewhere begun, so that no single colour or pixel tells.
 */
enum Texture implements Drawing {
    BRICKS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x + size * 0.06, y + size * 0.1, size * 0.88, size * 0.36));
            canvas.fill(new Rectangle2D.Double(x + size * 0.56, y + size * 0.6, size * 0.88, size * 0.36));
        }
    },
    CHECKERS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x, y, size / 2, size / 2));
            canvas.fill(new Rectangle2D.Double(x + size / 2, y + size / 2, size / 2, size / 2));
        }
    },
    DIAGONALS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.3)));
            canvas.draw(new Line2D.Double(x - size * 0.2, y - size * 0.2, x + size * 1.2, y + size * 1.2));
        }
    },
    DOTS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.fill(new Ellipse2D.Double(x + size * 0.2, y + size * 0.2, size * 0.6, size * 0.6));
        }
    },
    GRASS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size / 14)));
            for (int blade = 0; blade < 7; blade++) {
                double foot = x + random.nextDouble(size);
                double top = y + random.nextDouble(size * 0.3);
                Path2D line = new Path2D.Double();
                line.moveTo(foot, y + size * 1.1);
                line.quadTo(foot, y + size * 0.5, foot + random.nextDouble(-0.4, 0.4) * size, top);
                canvas.draw(line);
            }
        }
    },
    LATTICE {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.1)));
            canvas.draw(new Line2D.Double(x, y, x + size, y + size));
            canvas.draw(new Line2D.Double(x + size, y, x, y + size));
        }
    },
    PILLARS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x, y - 1, size * 0.25, size + 2));
            canvas.fill(new Rectangle2D.Double(x + size / 2, y - 1, size * 0.25, size + 2));
        }
    },
    RINGS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.1)));
            canvas.draw(new Ellipse2D.Double(x + size * 0.1, y + size * 0.1, size * 0.8, size * 0.8));
            canvas.draw(new Ellipse2D.Double(x + size * 0.35, y + size * 0.35, size * 0.3, size * 0.3));
        }
    },
    STRIPES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x - 1, y, size + 2, size * 0.25));
            canvas.fill(new Rectangle2D.Double(x - 1, y + size / 2, size + 2, size * 0.25));
        }
    },
    WAVES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.14)));
            for (double line = y; line < y + size; line += size / 2) {
                Path2D wave = new Path2D.Double();
                wave.moveTo(x, line);
                wave.curveTo(x + size / 3, line - size * 0.45, x + size * 2 / 3, line + size * 0.45, x + size, line);
                canvas.draw(wave);
            }
        }
    };

    /** Paints what is repeated, from that corner on; neighbours may overlap it. */
    abstract void cell(Graphics2D canvas, double x, double y, double size, SplittableRandom random);

    /** The class's name. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public BufferedImage draw(int type, int width, int height, long seed) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D canvas = image.createGraphics();
        try {
            SplittableRandom random = new SplittableRandom(seed);
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            float hue = (float) random.nextDouble();
            canvas.setPaint(Color.getHSBColor(hue, 0.4f, 0.95f));
            canvas.fillRect(0, 0, width, height);
            canvas.setPaint(Color.getHSBColor(hue + (float) random.nextDouble(0.2, 0.8), 0.6f, 0.35f));
            double size = Math.min(width, height) * random.nextDouble(0.13, 0.2);
            canvas.translate(width / 2.0, height / 2.0);
            canvas.rotate(random.nextDouble(-0.12, 0.12));
            canvas.translate(-random.nextDouble(size), -random.nextDouble(size));
            int cells = (int) Math.ceil(Math.hypot(width, height) / 2 / size) + 2;
            for (int row = -cells; row < cells; row++) {
                for (int column = -cells; column < cells; column++) {
                    cell(canvas, column * size, row * size, size, random);
                }
            }
        } finally {
            canvas.dispose();
        }
        return image;
    }
}
