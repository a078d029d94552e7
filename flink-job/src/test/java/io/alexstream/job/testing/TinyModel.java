package io.alexstream.job.testing;

import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A real model package that is there in milliseconds: ten colours, first weights, 32 x 32 pixels. */
public final class TinyModel {

    public static final List<String> LABELS =
            List.of("black", "white", "red", "green", "blue", "cyan", "magenta", "yellow", "gray", "brown");

    public static final String NAME = "tiny";

    private TinyModel() {}

    /** Writes {@code <repository>/tiny/<next version>}. */
    public static WrittenPackage writeTo(Path repository) throws IOException {
        return writeTo(repository, NAME, 1);
    }

    /** Writes {@code <repository>/<name>/<next version>}; another seed makes other weights, and so other answers. */
    public static WrittenPackage writeTo(Path repository, String name, long seed) throws IOException {
        return PackageWriter.onCpu().write(repository, name, FreshModel.tiny(LABELS, seed));
    }
}
