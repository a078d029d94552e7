package io.alexstream.gpubench;

import com.fasterxml.jackson.databind.JsonNode;
import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.network.AlexNet;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.publish.PackageWriter;
import io.alexstream.serving.ModelPackage;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The model that is measured. Stateless. */
final class BenchModel {

    /** As many classes as ImageNet has, so that the last layer costs what it costs there. */
    private static final int CLASSES = 1000;

    private static final long SEED = 2012;

    private BenchModel() {}

    /** A fresh AlexNet in the work folder, made where an earlier run has not left one; 250 MB. */
    static Path alexNet(Path work) throws IOException {
        Path repository = work.resolve("models");
        Path made = repository.resolve("alexnet").resolve("1");
        if (!Files.exists(made.resolve(ModelManifest.FILE_NAME))) {
            List<String> labels =
                    IntStream.range(0, CLASSES).mapToObj(i -> "class-" + i).toList();
            // The last layer at its full size: nearly even answers would hide a wrong first class.
            FreshModel model = new FreshModel(
                    AlexNet.of(CLASSES, false),
                    AlexNet.RESIZE,
                    labels,
                    new Initialization.He(1),
                    SEED,
                    FreshModel.DEFAULT_TOP_K);
            return PackageWriter.onCpu().write(repository, "alexnet", model).directory();
        }
        return made;
    }

    /**
     * A package in a local folder.
     *
     * @throws io.alexstream.serving.ModelLoadException where it is none
     */
    static ModelPackage open(Path folder) throws IOException {
        ModelRef ref = new ModelRepository().identify(folder.toUri().toString());
        byte[] manifest = Files.readAllBytes(folder.resolve(ModelManifest.FILE_NAME));
        return new ModelPackage(ref, Json.fromBytes(manifest, ModelManifest.class), folder);
    }

    /** Multiply-adds of one image, by the network that the manifest names; null where it is none of ours. */
    static @Nullable Long multiplyAdds(ModelManifest manifest) {
        JsonNode origin = manifest.training();
        String network = origin == null ? "" : origin.path("network").asText();
        int classes = manifest.labels().size();
        return switch (network) {
            case AlexNet.NAME ->
                AlexNet.of(classes, origin.path("lrn").asBoolean()).multiplyAdds();
            case TinyNet.NAME -> TinyNet.of(classes).multiplyAdds();
            default -> null;
        };
    }
}
