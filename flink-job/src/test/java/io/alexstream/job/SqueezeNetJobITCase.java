package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.alexstream.contract.InputSpec;
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
import java.util.stream.Collectors;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A foreign model through Kafka and Flink says what it says elsewhere: SqueezeNet on 200 photographs, against figures that
 * were computed apart from this project. Neither is part of the project; without them the test is skipped.
 */
@Timeout(180)
final class SqueezeNetJobITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path shared = Path.of(System.getProperty("alexstream.shared", "absent"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** @param first the likeliest class */
    private record Answer(int first, double probability) {}

    @Test
    void agreesWithFiguresComputedElsewhere(@InjectMiniCluster MiniCluster cluster) throws Exception {
        assumeThat(shared.resolve("models"))
                .as("SqueezeNet is not part of the project")
                .isDirectory();
        Path photographs = shared.resolve("images/imagenet-sample").toRealPath();
        Map<String, Answer> expected = expected();
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            JobStart.createTopics(kafka, "squeezenet");
            List<String> options = List.of(
                    "--model.package", importModel(),
                    "--model.cache-dir", directory.toString(),
                    "--image.allowed-uris", photographs.toUri().toString(),
                    "--image.apply-exif-orientation", "false");
            try (TopicWriter images = new TopicWriter(kafka.bootstrapServers(), "squeezenet-images");
                    RunningJob job = JobStart.on(cluster, kafka.bootstrapServers(), "squeezenet", options);
                    TopicReader events = new TopicReader(kafka.bootstrapServers(), "squeezenet-classifications")) {
                for (String file : expected.keySet()) {
                    images.send(
                            file,
                            "{\"id\":\"" + file + "\",\"uri\":\""
                                    + photographs.resolve(file).toUri() + "\"}");
                }
                List<ConsumerRecord<byte[], byte[]>> records = events.await(expected.size(), Duration.ofSeconds(120));

                assertThat(job.restarts()).isZero();
                assertAgreement(expected, records);
            }
        }
    }

    private static void assertAgreement(Map<String, Answer> expected, List<ConsumerRecord<byte[], byte[]>> records)
            throws IOException {
        int agreeing = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode event = JSON.readTree(record.value());
            Answer answer = expected.get(event.get("id").textValue());
            JsonNode first = event.get("predictions").get(0);
            if (first.get("index").intValue() == answer.first()) {
                agreeing++;
                assertThat(first.get("probability").doubleValue())
                        .as(event.get("id").textValue())
                        .isCloseTo(answer.probability(), org.assertj.core.data.Offset.offset(0.01));
            }
        }
        assertThat(records).hasSameSizeAs(expected.keySet());
        assertThat(agreeing).as("pictures with the same first answer").isGreaterThanOrEqualTo(198);
    }

    private String importModel() throws IOException {
        List<String> labels = Files.readAllLines(shared.resolve("models/imagenet-synset-words.txt"));
        ForeignModel squeezeNet = new ForeignModel(
                shared.resolve("models/squeezenet1.1.onnx"),
                labels,
                InputSpec.square(224, 256),
                new Normalization(ChannelOrder.BGR, List.of(104.0, 117.0, 123.0), List.of(1.0, 1.0, 1.0), 255),
                false,
                10,
                new OnnxSessionFactory(SessionOptions.cpu(2)));
        return PackageWriter.onCpu()
                .write(directory.resolve("models"), "squeezenet", squeezeNet)
                .ref()
                .uri();
    }

    private Map<String, Answer> expected() throws IOException {
        return Files.readAllLines(shared.resolve("models/squeezenet1.1-expected.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .collect(Collectors.toMap(cells -> cells[0], SqueezeNetJobITCase::answer));
    }

    private static Answer answer(String[] cells) {
        return new Answer(Integer.parseInt(cells[2].split(",", 2)[0]), Double.parseDouble(cells[3].split(",", 2)[0]));
    }
}
