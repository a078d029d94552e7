package io.alexstream.model.cli;

import io.alexstream.model.export.ModelSource;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import io.alexstream.model.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands that make packages. */
public final class PackageOptions {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** {@link io.alexstream.model.export.FreshModel#DEFAULT_TOP_K} as text. */
    private static final String DEFAULT_TOP_K = "10";

    /** More predictions than anybody reads. */
    private static final int MAX_TOP_K = 1000;

    @Option(names = "--name", paramLabel = "NAME", description = "The model's name. Required.")
    private @Nullable String name;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            defaultValue = DEFAULT_TOP_K,
            description = "Most predictions an image. Default: ${DEFAULT-VALUE}.")
    private String topK = DEFAULT_TOP_K;

    @Option(names = "--out", paramLabel = "DIR", description = "Where packages lie; made where it is not. Required.")
    private @Nullable String out;

    @Nullable
    String name(Problems problems) {
        return name(name, problems);
    }

    /** For commands that name a package and do not make one. */
    static @Nullable String name(@Nullable String value, Problems problems) {
        String given = problems.required("--name", value);
        if (given != null && !given.matches(NAME)) {
            problems.add("--name must be 1 to 100 letters, digits, dots, dashes or underscores, the first a letter or"
                    + " digit, was '" + given + "'");
        }
        return given;
    }

    @Nullable
    Integer topK(Problems problems) {
        return problems.integer("--top-k", topK, 1, MAX_TOP_K);
    }

    @Nullable
    Path repository(Problems problems) {
        return problems.directoryToWrite("--out", problems.required("--out", out));
    }

    /** Writes the package, showing its progress on stderr. */
    static WrittenPackage write(Path repository, String name, ModelSource model) throws IOException {
        return PackageWriter.onCpu(new StepProgress(Terminal.ofStderr())).write(repository, name, model);
    }
}
