package io.alexstream.bench;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import io.alexstream.contract.ModelRef;
import io.alexstream.demo.Folders;
import io.alexstream.demo.Scene;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * What is classified, and by what.
 *
 * @param pictures the folder of the pictures
 * @param uris of the pictures
 * @param model the package
 * @param manifest the package's
 * @param meanBytes of a picture
 */
record Workload(
        Path pictures, List<String> uris, ModelRef model, Path modelFile, ModelManifest manifest, long meanBytes) {

    /** Enough that no cache of the processor holds them; the files stay in the system's page cache, as fresh ones do. */
    private static final int PICTURES = 256;

    /** ImageNet's most frequent size. */
    private static final int WIDTH = 500;

    private static final int HEIGHT = 375;

    /** Spread of the noise in grey levels: it gives a drawing 80 KB, not far from ImageNet's 110 (138 GB, 1.28 million). */
    private static final int NOISE = 64;

    /** As many classes as ImageNet has, so that the last layer costs what it costs there. */
    private static final int CLASSES = 1000;

    private static final long SEED = 2012;
    private static final String MODELS = "models";

    static Workload prepare(Path directory) throws IOException {
        Path pictures = directory.resolve("pictures");
        Folders.empty(pictures);
        List<String> uris = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < PICTURES; i++) {
            Path file = pictures.resolve("picture-" + i + ".jpg");
            draw(i, file);
            bytes += Files.size(file);
            uris.add(file.toUri().toString());
        }
        Folders.empty(directory.resolve(MODELS));
        ModelRef model = alexNet(directory, SEED);
        Path folder = Path.of(java.net.URI.create(model.uri()));
        ModelManifest manifest =
                Json.fromBytes(Files.readAllBytes(folder.resolve(ModelManifest.FILE_NAME)), ModelManifest.class);
        return new Workload(pictures, uris, model, folder.resolve("model.onnx"), manifest, bytes / PICTURES);
    }

    /** Makes the next version of the model: the same network with other weights. */
    ModelRef nextVersion(Path directory) throws IOException {
        return alexNet(directory, SEED + 1);
    }

    private static ModelRef alexNet(Path directory, long seed) throws IOException {
        List<String> labels =
                IntStream.range(0, CLASSES).mapToObj(i -> "class-" + i).toList();
        return PackageWriter.onCpu()
                .write(directory.resolve(MODELS), "alexnet", FreshModel.alexNet(labels, seed))
                .ref();
    }

    private static void draw(int number, Path file) throws IOException {
        Scene scene = Scene.values()[number % Scene.values().length];
        BufferedImage image = scene.draw(BufferedImage.TYPE_INT_RGB, WIDTH, HEIGHT, number);
        SplittableRandom random = new SplittableRandom(number);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < pixels.length; i++) {
            int noise = random.nextInt(-NOISE, NOISE + 1);
            int rgb = pixels[i];
            pixels[i] = clip((rgb >> 16 & 0xFF) + noise) << 16
                    | clip((rgb >> 8 & 0xFF) + noise) << 8
                    | clip((rgb & 0xFF) + noise);
        }
        if (!ImageIO.write(image, "jpg", file.toFile())) {
            throw new IOException("this JDK writes no JPEG");
        }
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }

    /** The picture of the {@code number}th record; they come round and round. */
    String uri(int number) {
        return uris.get(number % uris.size());
    }

    String allowedUris() {
        return pictures.toUri().toString();
    }
}
