package io.alexstream.demo;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.model.publish.WrittenPackage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The package that the job serves.
 *
 * @param uri as the job takes it
 * @param description for people
 * @param first the same package, where there is a second
 * @param second the version that replaces it in mid-stream, or null where the package is the user's own
 */
record DemoModel(
        String uri,
        String description,
        @Nullable ModelRef first,
        @Nullable ModelRef second) {

    static final String NAME = "alexnet";

    private static final int CLASSES = 10;

    /** Any number will do; a fixed one gives every run the same answers. */
    private static final long SEED = 2012;

    /** Writes a fresh AlexNet of the ten textures, version 1; {@code folder} must not hold one yet. */
    static DemoModel toLearn(Path folder, Steps.Step step) throws IOException {
        List<String> labels =
                Arrays.stream(Texture.values()).map(Texture::label).toList();
        WrittenPackage first =
                writer("making a fresh AlexNet", step).write(folder, NAME, FreshModel.alexNet(labels, SEED));
        return new DemoModel(first.ref().uri(), "a fresh AlexNet, " + description(first.manifest()), first.ref(), null);
    }

    private static PackageWriter writer(String what, Steps.Step step) {
        return PackageWriter.onCpu((doing, done, total) -> step.say(what + ": " + doing + percent(done, total)));
    }

    /** Writes two fresh AlexNets, versions 1 and 2; {@code folder} must not hold one yet. */
    static DemoModel fresh(Path folder, Steps.Step step) throws IOException {
        List<String> labels =
                IntStream.range(0, CLASSES).mapToObj(i -> "class-" + i).toList();
        PackageWriter writer = writer("making two fresh AlexNets", step);
        WrittenPackage first = writer.write(folder, NAME, FreshModel.alexNet(labels, SEED));
        WrittenPackage second = writer.write(folder, NAME, FreshModel.alexNet(labels, SEED + 1));
        return new DemoModel(
                first.ref().uri(),
                "two fresh AlexNets, each " + description(first.manifest()),
                first.ref(),
                second.ref());
    }

    private static String percent(long done, long total) {
        return total <= 1 ? "" : String.format(Locale.ROOT, ", %d %%", 100 * done / total);
    }

    /**
     * The user's own package. A path is looked into at once; what lies behind another URI the job finds out.
     *
     * @throws DemoException where there is no package
     */
    static DemoModel existing(String pathOrUri) {
        Path folder = localPath(pathOrUri);
        if (folder == null) {
            return new DemoModel(pathOrUri, pathOrUri, null, null);
        }
        Path manifest = folder.resolve(ModelManifest.FILE_NAME);
        if (!Files.isDirectory(folder)) {
            throw new DemoException("the model package " + pathOrUri
                    + (Files.exists(folder) ? " is not a folder" : " does not exist")
                    + "; -Dmodel takes a folder <name>/<version> that 'model init' or 'model import' made");
        }
        if (!Files.isRegularFile(manifest)) {
            throw new DemoException("the model package " + pathOrUri + " holds no " + ModelManifest.FILE_NAME
                    + "; -Dmodel takes a folder <name>/<version> that 'model init' or 'model import' made");
        }
        try {
            ModelManifest read = Json.fromBytes(Files.readAllBytes(manifest), ModelManifest.class);
            return new DemoModel(
                    folder.toRealPath().toUri().toString(),
                    read.name() + " " + read.version() + ", " + description(read),
                    null,
                    null);
        } catch (IOException e) {
            throw new DemoException(
                    "the model package " + pathOrUri + " has a broken " + ModelManifest.FILE_NAME + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** Null where it is a URI of another scheme than {@code file}. */
    private static @Nullable Path localPath(String pathOrUri) {
        try {
            if (pathOrUri.startsWith("file:")) {
                return Path.of(URI.create(pathOrUri));
            }
            // One letter before the colon is a drive.
            return pathOrUri.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")
                    ? null
                    : Path.of(pathOrUri).toAbsolutePath();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new DemoException("-Dmodel: '" + pathOrUri + "' is neither a path nor a URI: " + e.getMessage(), e);
        }
    }

    private static String description(ModelManifest manifest) {
        long bytes = manifest.files().values().stream()
                .mapToLong(ModelManifest.FileEntry::size)
                .sum();
        return String.format(
                Locale.ROOT,
                "%d classes, frames of %d x %d, %d MB",
                manifest.labels().size(),
                manifest.input().width(),
                manifest.input().height(),
                Math.max(1, bytes / 1_000_000));
    }
}
