package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.Prediction;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.RunningJob;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.model.export.ChannelOrder;
import io.alexstream.model.export.ForeignModel;
import io.alexstream.model.export.Normalization;
import io.alexstream.model.publish.PackageWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A published classifier on real photographs, through Kafka and Flink, against answers that were computed apart from this
 * project. Both are not part of it; the test is skipped where they are absent.
 */
@Timeout(300)
final class RealModelITCase {

    /** Of 200; a nearly even pair of classes may swap places between two correct implementations. */
    private static final int LEAST_AGREEING = 198;

    private static final double TOLERANCE = 0.01;
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(new MiniClusterResourceConfiguration.Builder()
                    .setNumberTaskManagers(1)
                    .setNumberSlotsPerTaskManager(2)
                    .build());

    @TempDir
    private Path directory;

    @Test
    void squeezeNetAnswersAsItDoesElsewhere(@InjectMiniCluster MiniCluster cluster) throws Exception {
        Path shared = Path.of(System.getProperty("alexstream.shared", "absent"));
        Path pictures = shared.resolve("images/imagenet-sample");
        assumeTrue(Files.isDirectory(pictures), "the photographs and the model are not part of the project");
        Map<String, Prediction> expected = expected(shared.resolve("models/squeezenet1.1-expected.tsv"));
        String model = importSqueezeNet(shared.resolve("models"));

        Map<String, Prediction> answers = new TreeMap<>();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopics(2, "images", "classifications", "dead-letters");
            try (TopicWriter images = new TopicWriter(kafka.bootstrapServers(), "images");
                    RunningJob ignored = run(cluster, kafka, model, pictures);
                    TopicReader events = new TopicReader(kafka.bootstrapServers(), "classifications")) {
                for (String file : expected.keySet()) {
                    images.send(
                            file,
                            "{\"uri\":\"" + pictures.resolve(file).toRealPath().toUri() + "\"}");
                }
                for (ConsumerRecord<byte[], byte[]> event : events.await(expected.size(), Duration.ofSeconds(120))) {
                    JsonNode answer = JSON.readTree(event.value());
                    String uri = answer.get("uri").textValue();
                    answers.put(
                            uri.substring(uri.lastIndexOf('/') + 1),
                            JSON.treeToValue(answer.at("/predictions/0"), Prediction.class));
                }
            }
        }

        assertThat(answers.keySet()).isEqualTo(expected.keySet());
        long agreeing = answers.entrySet().stream()
                .filter(answer -> agrees(answer.getValue(), expected.get(answer.getKey())))
                .count();
        System.out.println("SqueezeNet agrees in top-1 and probability on " + agreeing + " of " + expected.size());
        assertThat(agreeing).isGreaterThanOrEqualTo(LEAST_AGREEING);
    }

    private static boolean agrees(Prediction answer, Prediction expected) {
        return answer.index() == expected.index()
                && Math.abs(answer.probability() - expected.probability()) <= TOLERANCE;
    }

    private String importSqueezeNet(Path models) throws IOException {
        ForeignModel squeezeNet = new ForeignModel(
                models.resolve("squeezenet1.1.onnx"),
                Files.readAllLines(models.resolve("imagenet-synset-words.txt")),
                InputSpec.square(224, 256),
                new Normalization(ChannelOrder.BGR, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0), 255),
                false,
                10,
                new OnnxSessionFactory(SessionOptions.cpu(2)));
        return PackageWriter.onCpu()
                .write(directory.resolve("packages"), "squeezenet", squeezeNet)
                .ref()
                .uri();
    }

    /** The photographs' own turns are ignored, as they were where the expected answers were made. */
    private RunningJob run(MiniCluster cluster, EmbeddedKafka kafka, String model, Path pictures) throws IOException {
        String[] arguments = {
            "--kafka.bootstrap-servers=" + kafka.bootstrapServers(),
            "--model.package=" + model,
            "--model.cache-dir=" + directory.resolve("cache"),
            "--image.allowed-uris=" + pictures.toRealPath().toUri(),
            "--image.apply-exif-orientation=false",
            "--delivery-guarantee=at-least-once"
        };
        return new RunningJob(cluster, () -> {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
            ClassificationJob.run(JobConfig.from(CommandLine.parse(arguments)), environment);
            return null;
        });
    }

    private static Map<String, Prediction> expected(Path table) throws IOException {
        Map<String, Prediction> expected = new TreeMap<>();
        for (String line : Files.readAllLines(table).stream().skip(1).toList()) {
            String[] columns = line.split("\t", -1);
            int index = Integer.parseInt(columns[2].split(",", -1)[0]);
            expected.put(
                    columns[0],
                    new Prediction("", index, Float.parseFloat(columns[3].split(",", -1)[0])));
        }
        return expected;
    }
}
