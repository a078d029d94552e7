package io.alexstream.gpubench;

import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A titled table as lines of text: what looks like a number stands right. Stateless. */
final class Table {

    /** Tables also go into a file and into tickets: no terminal bounds them. */
    private static final int WIDTH = 200;

    private Table() {}

    static List<String> lines(String title, List<String> titles, List<List<String>> rows) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int cell = i;
            boolean numeric = !rows.isEmpty()
                    && rows.stream().map(row -> row.get(cell)).allMatch(text -> text.matches("[-+?]?[0-9.]*"));
            columns.add(new Column(titles.get(i), WIDTH, numeric ? Align.RIGHT : Align.LEFT));
        }
        Columns fitted = Columns.fitting(WIDTH, columns, rows);
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(title);
        lines.add(fitted.header());
        rows.forEach(row -> lines.add(fitted.line(row)));
        return lines;
    }

    /** With so many digits behind the point, and no comma for it anywhere. */
    static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
