package io.alexstream.image;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** One segment of a URI's path, decoded, unless it would lead somewhere else than it seems to. */
final class PathSegment {

    /** Servers behind proxies may decode once more each; nobody needs a third encoding of a dot. */
    private static final int HIDDEN_ENCODINGS = 3;

    private PathSegment() {}

    /** Decodes a syntactically valid segment; refuses dot segments, however often encoded, and control characters. */
    static String decode(String raw, boolean encodedSlashes) {
        String decoded = percentDecoded(raw);
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("contains an encoded control character");
        }
        if (!encodedSlashes && (decoded.indexOf('/') >= 0 || decoded.indexOf('\\') >= 0)) {
            throw new IllegalArgumentException("contains an encoded slash or backslash");
        }
        refuseDots(decoded);
        return decoded;
    }

    private static void refuseDots(String decoded) {
        String text = decoded;
        for (int round = 0; round < HIDDEN_ENCODINGS; round++) {
            for (String piece : text.split("[/\\\\]", -1)) {
                // Some servers drop what follows a semicolon before they walk the path.
                String name = piece.replaceFirst(";.*", "");
                if (name.equals(".") || name.equals("..")) {
                    throw new IllegalArgumentException("contains a . or .. segment");
                }
            }
            try {
                text = percentDecoded(text);
            } catch (IllegalArgumentException e) {
                return; // a plain percent sign: nothing more is hidden
            }
        }
    }

    private static String percentDecoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
