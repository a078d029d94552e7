package io.alexstream.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.State;
import io.alexstream.demo.Scene;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.model.export.FreshModel;
import io.alexstream.model.publish.PackageWriter;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * How much memory a TaskManager takes that serves AlexNet, by slots and batch: {@code mvn -Psizing verify}. Each line is a TaskManager of its
 * own that classifies, swaps to another version and classifies on.
 */
@Tag("sizing")
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads /proc")
final class SizingITCase {

    /** ImageNet's: 62,378,344 parameters, 250 MB. Ten classes are 16 MB less. */
    private static final int CLASSES = 1000;

    private static final List<Integer> SLOTS = List.of(1, 2, 4);
    private static final List<Integer> BATCHES = List.of(8, 32, 128);

    /** Two batches of the largest size; three seconds of two cores. */
    private static final int IMAGES = 256;

    private static final int PICTURES = 32;
    private static final double MEBIBYTE = 1 << 20;

    @Test
    void showsWhatATaskManagerTakes() throws Exception {
        Path table =
                Path.of(System.getProperty("alexstream.cluster"), "sizing.md").toAbsolutePath();
        try (TestCluster cluster = new TestCluster("sizing")) {
            List<String> uris =
                    pictures(Files.createDirectories(cluster.directory().resolve("pictures")));
            Files.writeString(
                    table,
                    "| Slots | `batch.max-size` | Heap | Direct | Resident | Peak | Outside |\n"
                            + "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
            List<ModelRef> versions = versions(cluster.directory().resolve("alexnet"));
            for (int slots : SLOTS) {
                for (int batch : BATCHES) {
                    MemoryUse use = measure(cluster, versions, slots, batch, uris);
                    assertThat(use.peak()).isGreaterThanOrEqualTo(use.resident());
                    Files.writeString(table, line(slots, batch, use), StandardOpenOption.APPEND);
                }
            }
        }
        System.out.println("Mebibytes; " + Runtime.getRuntime().availableProcessors() + " cores, JDK "
                + Runtime.version() + "\n" + Files.readString(table));
    }

    private static String line(int slots, int batch, MemoryUse use) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                slots,
                batch,
                use.heap() / MEBIBYTE,
                use.direct() / MEBIBYTE,
                use.resident() / MEBIBYTE,
                use.peak() / MEBIBYTE,
                use.outside() / MEBIBYTE);
    }

    private static List<ModelRef> versions(Path repository) throws Exception {
        List<String> labels =
                IntStream.range(0, CLASSES).mapToObj(i -> "class-" + i).toList();
        PackageWriter writer = PackageWriter.onCpu();
        return List.of(
                writer.write(repository, "alexnet", FreshModel.alexNet(labels, 1))
                        .ref(),
                writer.write(repository, "alexnet", FreshModel.alexNet(labels, 2))
                        .ref());
    }

    /** Of ImageNet's most frequent size. */
    private static List<String> pictures(Path folder) throws Exception {
        for (int i = 0; i < PICTURES; i++) {
            BufferedImage image =
                    Scene.values()[i % Scene.values().length].draw(BufferedImage.TYPE_INT_RGB, 500, 375, i);
            assertThat(ImageIO.write(image, "jpg", folder.resolve(i + ".jpg").toFile()))
                    .isTrue();
        }
        return IntStream.range(0, PICTURES)
                .mapToObj(i -> folder.resolve(i + ".jpg").toUri().toString())
                .toList();
    }

    private static MemoryUse measure(
            TestCluster cluster, List<ModelRef> versions, int slots, int batch, List<String> uris) throws Exception {
        FlinkCluster flink = cluster.flink();
        String name = "alexnet-" + slots + "-" + batch;
        flink.startTaskManager(name, slots);
        flink.awaitTaskManagers();
        List<String> options = List.of(
                "--model.package=" + versions.get(0).uri(),
                "--batch.max-size=" + batch,
                "--image.allowed-uris="
                        + cluster.directory().resolve("pictures").toUri());
        try (DeployedJob job = new DeployedJob(cluster, name, options);
                TopicWriter images = new TopicWriter(cluster.broker().bootstrapServers(), job.topic("images"))) {
            send(images, uris);
            job.submit(slots);
            job.awaitAnswers();
            send(images, uris);
            job.status().awaitFromAll(State.ACTIVE, job.publish(versions.get(1)));
            send(images, uris);
            job.awaitAnswers();
            assertThat(job.accounts().deadLetters()).isEmpty();
            return MemoryUse.of(flink.taskManager(name), flink.rest());
        } finally {
            flink.killTaskManager(name);
            flink.awaitTaskManagers();
        }
    }

    private static void send(TopicWriter images, List<String> uris) throws Exception {
        for (int i = 0; i < IMAGES; i++) {
            images.send(Integer.toString(i), "{\"uri\":\"" + uris.get(i % uris.size()) + "\"}");
        }
        images.flush();
    }
}
