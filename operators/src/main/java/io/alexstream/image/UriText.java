package io.alexstream.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Foreign text made fit for a message: one line, short, and never the content of a {@code data:} URI. Nor what may be a secret:
 * a signed URL carries its signature in the query, and some carry a password before the host.
 */
public final class UriText {

    /** Long enough to recognise a URI by, short enough that a dead letter's header stays small. */
    static final int MAX_LENGTH = 200;

    private static final Pattern DATA = Pattern.compile("^[\\s\\p{Cntrl}]*data:", Pattern.CASE_INSENSITIVE);
    private static final Pattern MEDIA_TYPE =
            Pattern.compile("data:([\\w.+-]{1,40}/[\\w.+-]{1,40})[;,].*", Pattern.DOTALL);

    /** Up to where the host begins; also where a URI is none, since it is shown all the more then. */
    private static final Pattern USER = Pattern.compile("^([^/?#\\\\]*[/\\\\]{2})[^/?#\\\\]*@");

    private static final Pattern QUERY = Pattern.compile("[?#].*", Pattern.DOTALL);

    private UriText() {}

    /** The URI as a message may show it: without user, query and fragment, in whose place stands an ellipsis. */
    public static String of(String uri) {
        if (DATA.matcher(uri).lookingAt()) {
            Matcher typed = MEDIA_TYPE.matcher(uri);
            return typed.matches() ? "data:" + typed.group(1) + ",…" : "data:…";
        }
        String withoutUser = USER.matcher(uri).replaceFirst("$1…@");
        return oneLine(QUERY.matcher(withoutUser).replaceFirst("?…"));
    }

    /** Any text without unprintable characters, cut to {@value #MAX_LENGTH} characters. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        int at = 0;
        while (at < text.length()) {
            int character = text.codePointAt(at);
            at += Character.charCount(character);
            if (line.length() + Character.charCount(character) > MAX_LENGTH - 1) {
                return line.append('…').toString();
            }
            line.appendCodePoint(isPrintable(character) ? character : '?');
        }
        return line.toString();
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
