package io.alexstream.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * One immutable set of weights: which it is and where it lies. The stamp of every record in flight.
 *
 * @param name the model's name
 * @param version its number, from 1; alone it is no identity, since a package can be published twice under one number
 * @param uri where the package lies; not part of events, so empty in what was read from one
 * @param sha256 of the package's {@code manifest.json}, in lower-case hex: the identity
 */
public record ModelRef(String name, int version, @JsonIgnore String uri, String sha256) {

    public ModelRef {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(sha256, "sha256");
        if (version < 1) {
            throw OneLine.refusal("version must be 1 or more", version);
        }
    }

    /** What an event holds of a model: whoever reads events need not know where packages lie. */
    @JsonCreator
    static ModelRef ofEvent(
            @JsonProperty("name") String name,
            @JsonProperty("version") int version,
            @JsonProperty("sha256") String sha256) {
        return new ModelRef(name, version, "", sha256);
    }

    @Override
    public String toString() {
        return name + ":" + version + " (sha256 " + sha256.substring(0, Math.min(12, sha256.length())) + ")";
    }
}
