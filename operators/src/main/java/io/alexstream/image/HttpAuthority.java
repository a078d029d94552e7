package io.alexstream.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Host and port of an http(s) URI.
 *
 * @param host in lower case; an IPv6 address without its brackets
 */
record HttpAuthority(String host, int port) {

    /** A name has at most 253 characters (RFC 1035), a port five. */
    private static final int LONGEST = 260;

    private static final Pattern SYNTAX =
            Pattern.compile("(?:\\[([0-9a-f:.]+)]|([a-z0-9_-]+(?:\\.[a-z0-9_-]+)*))(?::(\\d{1,5}))?");
    private static final Pattern NUMERIC = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");
    private static final Pattern OCTET = Pattern.compile("0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5]");

    static boolean isWeb(String scheme) {
        return scheme.equals("http") || scheme.equals("https");
    }

    /** Reads {@code host[:port]}; throws IllegalArgumentException, whose message is half a sentence, on all else. */
    static HttpAuthority parse(String scheme, String authority) {
        if (authority.indexOf('@') >= 0) {
            throw new IllegalArgumentException("has user information before the host");
        }
        if (authority.length() > LONGEST) {
            throw new IllegalArgumentException("has a host that is too long");
        }
        Matcher matcher = SYNTAX.matcher(authority.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("has no valid host");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        // Resolvers read 2130706433, 0x7f.1 and 127.1 as 127.0.0.1; only one spelling of an address is taken.
        if (NUMERIC.matcher(host).matches() && matcher.group(1) == null && !isIpV4(host)) {
            throw new IllegalArgumentException("has a number as host; addresses are written a.b.c.d");
        }
        return new HttpAuthority(host, port(scheme, matcher.group(3)));
    }

    /** Whether the host is written as an address or as {@code localhost}, so that whoever lists it means that address. */
    boolean isLiteral() {
        return host.equals("localhost") || host.indexOf(':') >= 0 || isIpV4(host);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private static int port(String scheme, @Nullable String written) {
        if (written == null) {
            return scheme.equals("https") ? 443 : 80;
        }
        int port = Integer.parseInt(written);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has a port outside 1 to 65535");
        }
        return port;
    }

    private static boolean isIpV4(String host) {
        String[] octets = host.split("\\.", -1);
        return octets.length == 4
                && Arrays.stream(octets).allMatch(octet -> OCTET.matcher(octet).matches());
    }
}
