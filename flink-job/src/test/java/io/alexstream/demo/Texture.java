package io.alexstream.demo;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * What the demo's network learns to tell apart: ten textures, each in any two colours, of any size, a little turned and somewhere
 * begun, so that no single colour or pixel tells.
 */
enum Texture implements Drawing {
    BRICKS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            double left = x + (row % 2 == 0 ? 0 : size / 2);
            canvas.fill(new Rectangle2D.Double(left + size * 0.06, y + size * 0.1, size * 0.88, size * 0.36));
            canvas.fill(
                    new Rectangle2D.Double(left + size * 0.06 + size / 2, y + size * 0.6, size * 0.88, size * 0.36));
        }
    },
    CHECKERS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x, y, size / 2, size / 2));
            canvas.fill(new Rectangle2D.Double(x + size / 2, y + size / 2, size / 2, size / 2));
        }
    },
    CROSSES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x + size * 0.4, y + size * 0.15, size * 0.2, size * 0.7));
            canvas.fill(new Rectangle2D.Double(x + size * 0.15, y + size * 0.4, size * 0.7, size * 0.2));
        }
    },
    DOTS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.fill(new Ellipse2D.Double(x + size * 0.2, y + size * 0.2, size * 0.6, size * 0.6));
        }
    },
    GRASS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
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
    RINGS {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.1)));
            canvas.draw(new Ellipse2D.Double(x + size * 0.1, y + size * 0.1, size * 0.8, size * 0.8));
            canvas.draw(new Ellipse2D.Double(x + size * 0.35, y + size * 0.35, size * 0.3, size * 0.3));
        }
    },
    SCALES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.setStroke(new BasicStroke((float) (size * 0.12)));
            canvas.draw(new Arc2D.Double(x, y - size * 0.5, size, size, 180, 180, Arc2D.OPEN));
            canvas.draw(new Arc2D.Double(x + size / 2, y, size, size, 180, 180, Arc2D.OPEN));
        }
    },
    STRIPES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            canvas.fill(new Rectangle2D.Double(x - 1, y, size + 2, size * 0.25));
            canvas.fill(new Rectangle2D.Double(x - 1, y + size / 2, size + 2, size * 0.25));
        }
    },
    TRIANGLES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
            Path2D triangle = new Path2D.Double();
            triangle.moveTo(x + size / 2, y + size * 0.1);
            triangle.lineTo(x + size * 0.95, y + size * 0.9);
            triangle.lineTo(x + size * 0.05, y + size * 0.9);
            triangle.closePath();
            canvas.fill(triangle);
        }
    },
    WAVES {
        @Override
        void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random) {
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
    abstract void cell(Graphics2D canvas, double x, double y, double size, int row, SplittableRandom random);

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
            boolean darkOnLight = random.nextBoolean();
            canvas.setPaint(Color.getHSBColor(hue, 0.4f, darkOnLight ? 0.95f : 0.25f));
            canvas.fillRect(0, 0, width, height);
            float other = hue + (float) random.nextDouble(0.2, 0.8);
            canvas.setPaint(Color.getHSBColor(other, 0.6f, darkOnLight ? 0.35f : 0.95f));
            double size = Math.min(width, height) * random.nextDouble(0.12, 0.24);
            canvas.translate(width / 2.0, height / 2.0);
            canvas.rotate(random.nextDouble(-0.25, 0.25));
            canvas.translate(-random.nextDouble(size), -random.nextDouble(size));
            int cells = (int) Math.ceil(Math.hypot(width, height) / 2 / size) + 2;
            for (int row = -cells; row < cells; row++) {
                for (int column = -cells; column < cells; column++) {
                    cell(canvas, column * size, row * size, size, row & 1, random);
                }
            }
        } finally {
            canvas.dispose();
        }
        return image;
    }
}
