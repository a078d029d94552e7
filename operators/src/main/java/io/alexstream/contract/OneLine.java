package io.alexstream.contract;

import java.util.Locale;

/** Text of unknown origin made fit for a message, a header or a log: short, on one line, without control characters. */
final class OneLine {

    /** Longest text: a log line stays readable, and a dead letter's headers stay small beside its value. */
    static final int MAX_LENGTH = 300;

    private OneLine() {}

    /** The text with every unprintable character as {@code ?}, cut to {@value #MAX_LENGTH} characters. */
    static String of(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            int shown = isPrintable(character) ? character : '?';
            int room = at == text.length() ? MAX_LENGTH : MAX_LENGTH - 1;
            if (line.length() + Character.charCount(shown) > room) {
                return line.append('…').toString();
            }
            line.appendCodePoint(shown);
        }
        return line.toString();
    }

    /** The message as {@link #of} makes it, in the exception that refuses a record's component. */
    static IllegalArgumentException refusal(String message, Object value) {
        return new IllegalArgumentException(of(String.format(Locale.ROOT, "%s, was '%s'", message, value)));
    }

    /** FORMAT holds the marks that turn the writing direction, SURROGATE only halves of a pair. */
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
