package io.alexstream.model.report;

import java.util.List;

/** Lines over a common axis, as SVG. Immutable. */
final class LineChart {

    private static final int WIDTH = 480;
    private static final int HEIGHT = 250;
    private static final int STEPS = 5;
    private static final int LEFT = 44;
    private static final int RIGHT = 12;
    private static final int TOP = 12;
    private static final int BOTTOM = 34;

    /** Points of a line, each marked, up to so many. */
    private static final int MARKED = 40;

    /**
     * One line.
     *
     * @param style class of the style sheet that colours it
     * @param x rising
     */
    record Line(String name, String style, List<Double> x, List<Double> y) {}

    private final String title;
    private final double step;
    private final int steps;
    private final boolean percent;
    private final String axis;
    private final List<Line> lines;
    private final double first;
    private final double last;

    /**
     * @param percent whether values are shares, of which the axis shows all
     * @param axis what is counted from left to right
     */
    LineChart(String title, boolean percent, String axis, List<Line> lines) {
        this.title = title;
        this.percent = percent;
        this.axis = axis;
        this.lines = lines;
        step = percent ? 0.25 : step(highest(lines));
        steps = percent ? 4 : (int) Math.max(1, Math.ceil(highest(lines) / step));
        first = lines.stream().mapToDouble(line -> line.x().get(0)).min().orElse(0);
        last = lines.stream()
                .mapToDouble(line -> line.x().get(line.x().size() - 1))
                .max()
                .orElse(1);
    }

    private static double highest(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.y().stream())
                .filter(Double::isFinite)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
    }

    /** The smallest of 1, 2, 2.5 and 5 times a power of ten of which so many steps reach the value. */
    private static double step(double highest) {
        double least = highest / STEPS;
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(1e-6, least))));
        for (double step : new double[] {1, 2, 2.5, 5}) {
            if (least <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    String svg() {
        StringBuilder svg = new StringBuilder("<figure><figcaption>")
                .append(title)
                .append(legend())
                .append("</figcaption>")
                .append(Html.format("<svg viewBox=\"0 0 %d %d\" role=img aria-label=\"%s\">", WIDTH, HEIGHT, title));
        for (int i = 0; i <= steps; i++) {
            double value = step * i;
            svg.append(Html.format(
                    "<line class=rule x1=%d x2=%d y1=%.1f y2=%.1f /><text x=%d y=%.1f class=end>%s</text>",
                    LEFT, WIDTH - RIGHT, y(value), y(value), LEFT - 6, y(value) + 4, number(value)));
        }
        double every = Math.max(1, Math.ceil((last - first) / 6));
        for (double at = Math.ceil(first); at <= last; at += every) {
            svg.append(Html.format("<text x=%.1f y=%d class=middle>%.0f</text>", x(at), HEIGHT - BOTTOM + 16, at));
        }
        svg.append(Html.format("<text x=%d y=%d class=middle>%s</text>", (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 4, axis));
        lines.forEach(line -> draw(svg, line));
        return svg.append("</svg></figure>").toString();
    }

    private String legend() {
        StringBuilder legend = new StringBuilder();
        for (Line line : lines) {
            legend.append("<span class=\"key ")
                    .append(line.style())
                    .append("\">")
                    .append(line.name())
                    .append("</span>");
        }
        return legend.toString();
    }

    private void draw(StringBuilder svg, Line line) {
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < line.x().size(); i++) {
            points.append(
                    Html.format("%.1f,%.1f ", x(line.x().get(i)), y(line.y().get(i))));
        }
        svg.append("<polyline class=\"")
                .append(line.style())
                .append("\" points=\"")
                .append(points)
                .append("\"/>");
        for (int i = 0; i < line.x().size() && line.x().size() <= MARKED; i++) {
            svg.append(Html.format(
                    "<circle class=\"%s\" cx=%.1f cy=%.1f r=3.5><title>%s, %s %s: %s</title></circle>",
                    line.style(),
                    x(line.x().get(i)),
                    y(line.y().get(i)),
                    line.name(),
                    axis,
                    trimmed(line.x().get(i)),
                    number(line.y().get(i))));
        }
    }

    private double x(double value) {
        double share = last > first ? (value - first) / (last - first) : 0.5;
        return LEFT + share * (WIDTH - LEFT - RIGHT);
    }

    private double y(double value) {
        double share = Double.isFinite(value) ? Math.max(0, Math.min(1, value / (step * steps))) : 1;
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
    }

    private String number(double value) {
        return percent ? trimmed(100 * value) + "&thinsp;%" : trimmed(value);
    }

    private static String trimmed(double value) {
        return value == 0 ? "0" : Html.format("%.3f", value).replaceAll("\\.?0+$", "");
    }
}
