package io.alexstream.model.publish;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Where a package or a repository lies: what people type, as the URI that an update carries. */
public final class PackageLocation {

    /** A scheme of two letters or more: {@code C:} is a drive. */
    private static final String WITH_SCHEME = "[A-Za-z][A-Za-z0-9+.-]+:.*";

    private PackageLocation() {}

    /**
     * A plain path or a {@code file:} URI becomes {@code file:///absolute/path}, without percent signs for odd characters, since
     * Flink's paths know none; every other URI stays as it is but for slashes at its end.
     *
     * @throws IllegalArgumentException where it is neither
     */
    public static String uri(String text) {
        String stripped = text.strip();
        if (stripped.startsWith("file:")) {
            return local(ofFileUri(stripped));
        }
        if (stripped.matches(WITH_SCHEME)) {
            return withoutSlashes(stripped);
        }
        try {
            return local(Path.of(stripped));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Path ofFileUri(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException e) {
            // Not encoded, as Flink writes them: file:/a b
            return Path.of(uri.substring("file:".length()).replaceFirst("^//+", "/"));
        }
    }

    private static String local(Path path) {
        return withoutSlashes("file://" + path.toAbsolutePath().normalize());
    }

    private static String withoutSlashes(String uri) {
        return uri.length() > 1 && uri.endsWith("/") && !uri.endsWith("://")
                ? withoutSlashes(uri.substring(0, uri.length() - 1))
                : uri;
    }

    /** The folder above: of a package {@code <repository>/<name>/<version>} twice gives the repository. */
    public static String parent(String uri) {
        int slash = withoutSlashes(uri).lastIndexOf('/');
        return slash < 0 ? uri : withoutSlashes(uri.substring(0, slash));
    }
}
