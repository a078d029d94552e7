package io.alexstream.model.publish;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.model.export.ModelSource;
import io.alexstream.model.export.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * Writes models as packages {@code <repository>/<name>/<version>/}. Files go straight to their place; the manifest, last, makes
 * it a package. Where anything fails before, the directory is removed. Safe for concurrent use, by several processes too: each
 * call takes a version number of its own.
 */
public final class PackageWriter {

    private final SessionFactory sessions;
    private final InstantSource clock;
    private final Progress progress;

    /**
     * @param sessions run the written graph for its golden samples
     * @param clock gives {@code createdAt}
     */
    public PackageWriter(SessionFactory sessions, InstantSource clock, Progress progress) {
        this.sessions = sessions;
        this.clock = clock;
        this.progress = progress;
    }

    /** Checks on the CPU with all cores, as a command or a test does; silent. */
    public static PackageWriter onCpu() {
        return onCpu(Progress.NONE);
    }

    /** As {@link #onCpu()}, telling how it goes on. */
    public static PackageWriter onCpu(Progress progress) {
        int cores = Runtime.getRuntime().availableProcessors();
        return new PackageWriter(new OnnxSessionFactory(SessionOptions.cpu(cores)), InstantSource.system(), progress);
    }

    /**
     * @param repository is made where it does not exist
     * @throws IOException where it cannot be written; nothing is left then
     */
    public WrittenPackage write(Path repository, String name, ModelSource source) throws IOException {
        VersionDirectory directory = VersionDirectory.claim(repository, name);
        try {
            return fill(directory, name, source);
        } catch (IOException | RuntimeException | Error e) {
            removeAfter(e, directory);
            throw e;
        }
    }

    private WrittenPackage fill(VersionDirectory directory, String name, ModelSource source) throws IOException {
        Object origin = source.writeTo(directory.path(), progress);
        progress.report("asking the model for golden samples", 0, 1);
        GoldenSamples samples = new GoldenSamples(sessions, source.input());
        ModelManifest.Golden golden = samples.create(directory.path());
        progress.report("asking the model for golden samples", 1, 1);
        Map<String, ModelManifest.FileEntry> files = PackageFiles.seal(directory.path(), progress);
        samples.verify(directory.path(), golden);
        ModelManifest manifest = new ModelManifest(
                name,
                directory.version(),
                source.parentVersion(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                files,
                source.input(),
                source.labels(),
                source.metrics(),
                Json.toTree(origin),
                golden);
        byte[] json = Json.toPrettyBytes(manifest);
        ModelManifest asRead = Json.fromBytes(json, ModelManifest.class);
        PackageFiles.commit(directory.path().resolve(ModelManifest.FILE_NAME), json);
        return new WrittenPackage(directory.path(), asRead, ref(directory, name, json));
    }

    private static ModelRef ref(VersionDirectory directory, String name, byte[] manifest) {
        String uri = directory.path().toUri().toString();
        String withoutSlash = uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
        return new ModelRef(name, directory.version(), withoutSlash, PackageFiles.sha256(manifest));
    }

    private static void removeAfter(Throwable failure, VersionDirectory directory) {
        try {
            directory.remove();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
