package io.alexstream.model.report;

import io.alexstream.model.terminal.Text;
import java.util.Locale;

/** Text as HTML and SVG. */
final class Html {

    private Html() {}

    /**
     * Text of strangers, for content and quoted attributes: one line, without control characters or such that turn the direction of
     * writing, and without markup.
     */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        Text.plain(text).codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** The same, cut to so many columns. */
    static String text(String text, int columns) {
        return text(Text.cut(Text.plain(text), columns));
    }

    /** {@code 97.5 %}. */
    static String percent(double share) {
        return format("%.1f&thinsp;%%", 100 * share);
    }

    /** With points for decimals, whatever the machine's language. */
    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /** A part of the page with a heading. */
    static String section(String title, String note, String content) {
        return "<section><h2>" + title + "</h2>" + (note.isEmpty() ? "" : "<p class=note>" + note + "</p>") + content
                + "</section>\n";
    }
}
