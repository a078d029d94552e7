package io.alexstream.model.publish;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.serving.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A package that was read whole, agrees with its checksums and answers its golden frames, in a local copy. Immutable. */
public final class CheckedPackage {

    private final ModelPackage modelPackage;
    private final byte[] manifestBytes;

    CheckedPackage(ModelPackage modelPackage, byte[] manifestBytes) {
        this.modelPackage = modelPackage;
        this.manifestBytes = manifestBytes.clone();
    }

    public ModelRef ref() {
        return modelPackage.ref();
    }

    public ModelManifest manifest() {
        return modelPackage.manifest();
    }

    /** Where the checked copy lies; its owner is whoever had it checked. */
    Path directory() {
        return modelPackage.directory();
    }

    /**
     * The manifest as a file with this version in it: the same bytes where it has it already, so that its checksum stays;
     * fields that this program does not know stay in any case.
     */
    byte[] manifestBytes(int version) throws IOException {
        if (version == manifest().version()) {
            return manifestBytes.clone();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        Json.fromBytes(manifestBytes, Map.class).forEach((name, value) -> fields.put(String.valueOf(name), value));
        fields.put("version", version);
        byte[] rewritten = Json.toPrettyBytes(fields);
        requireOnlyVersionChanged(Json.fromBytes(rewritten, ModelManifest.class), version);
        return rewritten;
    }

    private void requireOnlyVersionChanged(ModelManifest rewritten, int version) {
        ModelManifest m = manifest();
        ModelManifest expected = new ModelManifest(
                m.name(),
                version,
                m.parentVersion(),
                m.createdAt(),
                m.files(),
                m.input(),
                m.labels(),
                m.metrics(),
                m.training(),
                m.golden());
        if (!rewritten.equals(expected)) {
            throw new PublishException("the manifest of " + ref().uri() + " does not survive a new version number");
        }
    }
}
