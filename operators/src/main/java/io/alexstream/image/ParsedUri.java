package io.alexstream.image;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A hierarchical URI taken apart, once, the way both the allow-list and the sources see it: what cannot be read in one
 * way only is refused here, so that no source can read it in another.
 *
 * @param scheme in lower case
 * @param authority {@code host:port} in lower case with the port always given for http and https; as written for other
 *     schemes; empty for {@code file:}
 * @param segments of the path, decoded; an empty last one stands for a slash at the end
 */
record ParsedUri(String scheme, String authority, List<String> segments, URI uri) {

    /** Longest URI but for {@code data:}; servers and CDNs refuse longer request lines as well. */
    static final int MAX_LENGTH = 8192;

    ParsedUri {
        segments = List.copyOf(segments);
    }

    /** Throws IllegalArgumentException, whose message is half a sentence, where the text is refused. */
    static ParsedUri parse(String text) {
        refuseTrickyCharacters(text);
        URI uri = syntaxChecked(text);
        if (uri.getScheme() == null) {
            throw new IllegalArgumentException("has no scheme");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.isOpaque()) {
            throw new IllegalArgumentException("has no path that starts with a slash");
        }
        boolean web = HttpAuthority.isWeb(scheme);
        if (!web && (uri.getRawQuery() != null || uri.getRawFragment() != null)) {
            throw new IllegalArgumentException("has a query or fragment; ? and # in a name are written %3F and %23");
        }
        return new ParsedUri(scheme, authority(scheme, uri), segments(uri.getRawPath(), web), uri);
    }

    /** The scheme in lower case, or an empty text where there is none; never fails and reads no further. */
    static String schemeOf(String text) {
        int colon = text.indexOf(':');
        String scheme = colon < 0 || colon > 20 ? "" : text.substring(0, colon);
        return scheme.matches("[A-Za-z][A-Za-z0-9+.-]*") ? scheme.toLowerCase(Locale.ROOT) : "";
    }

    /** The decoded path, with a slash before each segment. */
    String path() {
        return "/" + String.join("/", segments);
    }

    /** Whether this URI's path is the other's or lies below it. */
    boolean isWithin(ParsedUri root) {
        int depth = root.segments.size();
        List<String> prefix =
                root.segments.get(depth - 1).isEmpty() ? root.segments.subList(0, depth - 1) : root.segments;
        return scheme.equals(root.scheme)
                && authority.equals(root.authority)
                && segments.size() >= prefix.size()
                && segments.subList(0, prefix.size()).equals(prefix);
    }

    private static void refuseTrickyCharacters(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("is longer than " + MAX_LENGTH + " characters");
        }
        // Browsers read a backslash as a slash, java.net.URI refuses it, some servers do either.
        if (text.indexOf('\\') >= 0) {
            throw new IllegalArgumentException("contains a backslash");
        }
        if (text.chars()
                .anyMatch(character -> Character.isISOControl(character) || Character.isWhitespace(character))) {
            throw new IllegalArgumentException("contains a space or control character, which must be percent-encoded");
        }
    }

    private static URI syntaxChecked(String text) {
        try {
            String scheme = schemeOf(text);
            return new URI(scheme + text.substring(scheme.length()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URI (" + e.getReason() + " at index " + e.getIndex() + ")", e);
        }
    }

    private static String authority(String scheme, URI uri) {
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        if (HttpAuthority.isWeb(scheme)) {
            return HttpAuthority.parse(scheme, authority).toString();
        }
        if (scheme.equals("file") && !authority.isEmpty()) {
            throw new IllegalArgumentException("names a host; file URIs are written file:///path");
        }
        return authority;
    }

    private static List<String> segments(String rawPath, boolean encodedSlashes) {
        if (rawPath.isEmpty()) {
            return List.of("");
        }
        return Arrays.stream(rawPath.substring(1).split("/", -1))
                .map(raw -> PathSegment.decode(raw, encodedSlashes))
                .toList();
    }
}
