package io.alexstream.testing;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.serving.ModelRepository;
import java.nio.file.Path;
import java.time.Instant;

/** Records of the updates' topic. */
public final class Updates {

    private Updates() {}

    /** An update to a package, at an offset. */
    public static PublishedUpdate to(Path modelPackage, long offset) {
        return to(new ModelRepository().identify(modelPackage.toUri().toString()), offset);
    }

    public static PublishedUpdate to(ModelRef ref, long offset) {
        return new PublishedUpdate(
                0, offset, new ModelUpdate(ref.name(), ref.version(), ref.uri(), ref.sha256(), Instant.EPOCH));
    }
}
