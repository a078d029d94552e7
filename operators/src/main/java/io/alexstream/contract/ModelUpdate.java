package io.alexstream.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * The value of the compacted topic {@code model-updates}: serve this package from now on.
 *
 * @param uri where the package lies
 * @param sha256 of its {@code manifest.json}, in lower-case hex
 */
public record ModelUpdate(String name, int version, String uri, String sha256, Instant publishedAt) {

    public ModelUpdate {
        Objects.requireNonNull(publishedAt, "publishedAt");
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
        ModelManifest.requireSha256(sha256);
        if (Objects.requireNonNull(uri, "uri").isBlank()) {
            throw OneLine.refusal("uri must not be empty", uri);
        }
    }

    public ModelRef modelRef() {
        return new ModelRef(name, version, uri, sha256);
    }
}
