package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which URIs may be fetched: those under an entry of the allow-list, compared by scheme, host, port and whole path
 * segments. Immutable, so safe for concurrent use.
 */
public final class UriPolicy {

    private static final String EXPECTED =
            "expected data:, a folder such as /data/images/ or file:///data/images/, or a URI such as"
                    + " https://images.example.com/ or s3://bucket/prefix/";

    private final boolean inline;
    private final List<ParsedUri> roots;

    private UriPolicy(boolean inline, List<ParsedUri> roots) {
        this.inline = inline;
        this.roots = List.copyOf(roots);
    }

    /**
     * The policy that allows what lies under the given entries, and nothing else.
     *
     * @throws IllegalArgumentException naming the first entry that is not one, and what is expected
     */
    public static UriPolicy of(List<String> allowedUris) {
        boolean inline = allowedUris.stream().anyMatch("data:"::equalsIgnoreCase);
        return new UriPolicy(
                inline,
                allowedUris.stream()
                        .filter(entry -> !entry.equalsIgnoreCase("data:"))
                        .map(UriPolicy::root)
                        .toList());
    }

    /** The schemes that have an entry, in lower case. */
    Set<String> schemes() {
        Stream<String> named = roots.stream().map(ParsedUri::scheme);
        return Stream.concat(named, inline ? Stream.of("data") : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The folders (or files) that {@code file:} URIs may lie under, as the entries write them. */
    List<Path> fileRoots() {
        return roots.stream()
                .filter(root -> root.scheme().equals("file"))
                .map(root -> Path.of(root.path()))
                .toList();
    }

    /**
     * Lets the URI pass, or throws FORBIDDEN_URI. For {@code file:} this is the lexical half: the source still has to
     * resolve symbolic links.
     *
     * @return the URI taken apart, or null for a {@code data:} URI, which has no parts to compare
     */
    @Nullable
    ParsedUri admit(String uri) {
        if (inline && ParsedUri.schemeOf(uri).equals("data")) {
            return null;
        }
        ParsedUri parsed;
        try {
            parsed = ParsedUri.parse(uri);
        } catch (IllegalArgumentException e) {
            throw forbidden("the URI " + e.getMessage(), uri, e);
        }
        if (roots.stream().noneMatch(parsed::isWithin)) {
            throw forbidden("the URI is not under any allowed one", uri, null);
        }
        return parsed;
    }

    private static ImageException forbidden(String problem, String uri, @Nullable Throwable cause) {
        return new ImageException(DeadLetterReason.FORBIDDEN_URI, Stage.FETCH, problem + ": " + UriText.of(uri), cause);
    }

    private static ParsedUri root(String entry) {
        try {
            ParsedUri root = entry.startsWith("/")
                    ? ParsedUri.parse(Path.of(entry).toUri().toString())
                    : ParsedUri.parse(entry);
            if (root.uri().getRawQuery() != null || root.uri().getRawFragment() != null) {
                throw new IllegalArgumentException("has a query or fragment");
            }
            return root;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "allowed URI '" + UriText.oneLine(entry) + "' " + e.getMessage() + "; " + EXPECTED, e);
        }
    }
}
