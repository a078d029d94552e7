package io.alexstream.model.export;

import java.io.IOException;
import java.nio.file.Path;

/** A foreign model for tests of other packages: 8x8 pixels, fixed batch, four classes, logits. */
public final class ForeignModels {

    private ForeignModels() {}

    public static Path write(Path directory) throws IOException {
        ForeignGraphs graph = new ForeignGraphs();
        graph.batch = 1;
        return graph.images().reshapeAndClassify(1, 3).output(1, 4).write(directory);
    }
}
