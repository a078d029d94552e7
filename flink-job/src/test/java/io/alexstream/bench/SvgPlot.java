package io.alexstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plot of a few lines over one axis, from zero, as SVG. Confined to one thread. */
final class SvgPlot {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 400;
    private static final int LEFT = 70;
    private static final int BOTTOM = 50;
    private static final int TOP = 40;
    private static final int RIGHT = 150;
    private static final int TICKS = 5;

    /** Okabe and Ito's palette, which colour-blind readers can tell apart. */
    private static final List<String> COLOURS = List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00");

    private record Line(String name, double[] x, double[] y) {}

    private final String title;
    private final String xLabel;
    private final String yLabel;
    private final List<Line> lines = new ArrayList<>();
    private final List<Double> marks = new ArrayList<>();
    private final StringBuilder svg = new StringBuilder();
    private double xMax;
    private double yMax;

    SvgPlot(String title, String xLabel, String yLabel) {
        this.title = title;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
    }

    SvgPlot line(String name, double[] x, double[] y) {
        lines.add(new Line(name, x, y));
        for (int i = 0; i < x.length; i++) {
            xMax = Math.max(xMax, x[i]);
            yMax = Math.max(yMax, y[i]);
        }
        return this;
    }

    /** A dashed line over the whole height. */
    SvgPlot mark(double x) {
        marks.add(x);
        xMax = Math.max(xMax, x);
        return this;
    }

    void write(Path file) throws IOException {
        add(
                "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %d %d' font-family='sans-serif' font-size='12'>",
                WIDTH, HEIGHT);
        add("<rect width='%d' height='%d' fill='white'/>", WIDTH, HEIGHT);
        text(WIDTH / 2.0, 20, "middle", title);
        text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 10, "middle", xLabel);
        add("<text transform='translate(16 %d) rotate(-90)' text-anchor='middle'>%s</text>", HEIGHT / 2, yLabel);
        xMax = roundedUp(xMax);
        yMax = roundedUp(yMax);
        for (int i = 0; i <= TICKS; i++) {
            grid(xMax * i / TICKS, yMax * i / TICKS);
        }
        for (double x : marks) {
            add("<path d='M%.1f %d V%d' stroke='#888' stroke-dasharray='4 3'/>", toX(x), TOP, HEIGHT - BOTTOM);
        }
        for (int i = 0; i < lines.size(); i++) {
            draw(lines.get(i), COLOURS.get(i % COLOURS.size()), i);
        }
        add("</svg>");
        Files.writeString(file, svg);
    }

    private void grid(double x, double y) {
        add("<path d='M%d %.1f H%d' stroke='#ddd'/>", LEFT, toY(y), WIDTH - RIGHT);
        text(LEFT - 6, toY(y) + 4, "end", number(y));
        text(toX(x), HEIGHT - BOTTOM + 18, "middle", number(x));
    }

    private void draw(Line line, String colour, int index) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x.length; i++) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", toX(line.x[i]), toY(line.y[i])));
            if (line.x.length <= 20) {
                add("<circle cx='%.1f' cy='%.1f' r='3' fill='%s'/>", toX(line.x[i]), toY(line.y[i]), colour);
            }
        }
        add("<polyline fill='none' stroke='%s' stroke-width='2' points='%s'/>", colour, points);
        add("<text x='%d' y='%d' fill='%s'>%s</text>", WIDTH - RIGHT + 10, TOP + 18 * (index + 1), colour, line.name);
    }

    private double toX(double x) {
        return LEFT + x / xMax * (WIDTH - LEFT - RIGHT);
    }

    private double toY(double y) {
        return HEIGHT - BOTTOM - y / yMax * (HEIGHT - BOTTOM - TOP);
    }

    /** To a number in whose fifths the ticks are short. */
    private static double roundedUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-9))));
        for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String number(double value) {
        return value >= 10 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }

    private void text(double x, double y, String anchor, String text) {
        add("<text x='%.1f' y='%.1f' text-anchor='%s'>%s</text>", x, y, anchor, text);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
