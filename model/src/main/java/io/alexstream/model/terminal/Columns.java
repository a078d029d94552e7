package io.alexstream.model.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lines whose cells stand in columns, two spaces apart, never longer than asked. Immutable. */
public final class Columns {

    private static final String GAP = "  ";

    /** How a cell that is too long is cut, and where a short one stands. */
    public enum Align {
        LEFT,
        RIGHT,
        /** Stands left, loses its middle: for paths. */
        PATH
    }

    /** @param width in columns of the terminal */
    public record Column(String title, int width, Align align) {}

    private final List<Column> columns;

    private Columns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Columns of fixed widths, for lines that are printed before later ones are known. */
    public static Columns of(Column... columns) {
        return new Columns(List.of(columns));
    }

    /**
     * Columns as wide as their longest cell, at most as wide as given; where the line would then be longer than {@code
     * lineWidth}, the last column gives way.
     */
    public static Columns fitting(int lineWidth, List<Column> columns, List<List<String>> rows) {
        List<Column> fitted = new ArrayList<>();
        int left = lineWidth;
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            int cell = i;
            int widest = Stream.concat(Stream.of(column.title()), rows.stream().map(row -> row.get(cell)))
                    .mapToInt(Text::width)
                    .max()
                    .orElse(0);
            int width = Math.max(1, Math.min(left, Math.min(widest, column.width())));
            fitted.add(new Column(column.title(), width, column.align()));
            left -= width + GAP.length();
        }
        return new Columns(fitted);
    }

    /** The titles, in their columns. */
    public String header() {
        return line(columns.stream().map(Column::title).toList());
    }

    /** One line; there must be as many cells as columns. */
    public String line(List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("expected " + columns.size() + " cells, had " + cells.size());
        }
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            padded.add(cell(columns.get(i), cells.get(i)));
        }
        return padded.stream().collect(Collectors.joining(GAP)).stripTrailing();
    }

    private static String cell(Column column, String text) {
        return switch (column.align()) {
            case LEFT -> Text.left(Text.cut(text, column.width()), column.width());
            case RIGHT -> Text.right(Text.cut(text, column.width()), column.width());
            case PATH -> Text.left(Text.cutMiddle(text, column.width()), column.width());
        };
    }
}
