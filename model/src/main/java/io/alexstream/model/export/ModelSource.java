package io.alexstream.model.export;

import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelManifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that can be written as a serving graph: what a package is made of. */
public interface ModelSource {

    /** The frames it takes. */
    InputSpec input();

    /** One a class, in the order of the model's output. */
    List<String> labels();

    /** The version of the same name that it was trained from, or null. */
    default @Nullable Integer parentVersion() {
        return null;
    }

    /** What an evaluation found, or null. */
    default ModelManifest.@Nullable Metrics metrics() {
        return null;
    }

    /**
     * Writes {@code model.onnx} and the files it refers to, all directly in the directory.
     *
     * @return how it came to be: a value that JSON can say, for the manifest's free part {@code training}
     * @throws RefusedModelException where it cannot be made a serving graph
     */
    Object writeTo(Path directory, Progress progress) throws IOException;
}
