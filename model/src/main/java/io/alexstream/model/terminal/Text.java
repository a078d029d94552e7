package io.alexstream.model.terminal;

/** Text for a terminal: made harmless, measured in columns, cut and padded. */
public final class Text {

    private Text() {}

    /**
     * The text on one line and without control characters: ids and messages come from strangers, and an escape sequence
     * in them must not reach the terminal.
     */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                plain.append(' ');
            } else if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
                plain.append('?');
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString();
    }

    /** Columns that the text takes; East Asian wide characters and emoji take two, combining marks none. */
    public static int width(String text) {
        return text.codePoints().map(Text::width).sum();
    }

    private static int width(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        return isWide(c) ? 2 : 1;
    }

    /** The ranges that Unicode's EastAsianWidth.txt marks W or F, rounded to blocks. */
    private static boolean isWide(int c) {
        return (c >= 0x1100 && c <= 0x115F)
                || (c >= 0x2E80 && c <= 0xA4CF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xF900 && c <= 0xFAFF)
                || (c >= 0xFE30 && c <= 0xFE6F)
                || (c >= 0xFF00 && c <= 0xFF60)
                || (c >= 0xFFE0 && c <= 0xFFE6)
                || (c >= 0x1F300 && c <= 0x1FAFF)
                || (c >= 0x20000 && c <= 0x3FFFD);
    }

    /** The text, cut to so many columns; three dots say that something is missing. */
    public static String cut(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        String dots = ".".repeat(Math.min(3, columns));
        StringBuilder kept = new StringBuilder();
        int left = columns - dots.length();
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            left -= width(c);
            if (left < 0) {
                break;
            }
            kept.appendCodePoint(c);
        }
        return kept.append(dots).toString();
    }

    /** The text, cut in its middle: of a long path both ends tell most. */
    public static String cutMiddle(String text, int columns) {
        if (width(text) <= columns || columns < 9) {
            return cut(text, columns);
        }
        int tail = (columns - 3) * 2 / 3;
        int from = text.length();
        int taken = 0;
        while (from > 0) {
            int c = text.codePointBefore(from);
            if (taken + width(c) > tail) {
                break;
            }
            taken += width(c);
            from -= Character.charCount(c);
        }
        return cut(text, columns - taken) + text.substring(from);
    }

    /** The text with spaces behind it up to so many columns. */
    public static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - width(text)));
    }

    /** The text with spaces before it up to so many columns. */
    public static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - width(text))) + text;
    }
}
