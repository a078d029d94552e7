package io.alexstream.gpubench;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Another version of a package with the same files: as large, and as far as sessions go a model of its own. Stateless. */
final class SecondVersion {

    private SecondVersion() {}

    /** Writes it into the work folder, anew; its files are links to the first one's. */
    static ModelRef of(Setting setting) throws IOException {
        ModelManifest first = setting.model().manifest();
        ModelManifest manifest = new ModelManifest(
                first.name(),
                first.version() + 1,
                first.version(),
                first.createdAt(),
                first.files(),
                first.input(),
                first.labels(),
                first.metrics(),
                first.training(),
                first.golden());
        Path folder = setting.work().resolve("second-version");
        Files.createDirectories(folder);
        for (String file : first.files().keySet()) {
            Path link = folder.resolve(file);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(
                    link, setting.model().directory().resolve(file).toAbsolutePath());
        }
        Files.write(folder.resolve(ModelManifest.FILE_NAME), Json.toPrettyBytes(manifest));
        return new ModelRepository().identify(folder.toUri().toString());
    }
}
