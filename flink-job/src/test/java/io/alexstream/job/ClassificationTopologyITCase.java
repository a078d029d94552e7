package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.OutgoingRecord;
import io.alexstream.job.kafka.RecordHeader;
import io.alexstream.job.kafka.TopicLimits;
import io.alexstream.job.testing.CollectingSink;
import io.alexstream.job.testing.Pictures;
import io.alexstream.job.testing.TinyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The topology with a real model and without Kafka. */
@Timeout(120)
final class ClassificationTopologyITCase {

    @RegisterExtension
    private static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path directory;

    private final CollectingSink<OutgoingRecord> classifications = new CollectingSink<>();
    private final CollectingSink<OutgoingRecord> deadLetters = new CollectingSink<>();

    @Test
    void makesOneRecordOfEachRecord() throws Exception {
        List<ImageRecord> inputs = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String uri = i % 10 == 3 ? "file:///etc/hostname" : Pictures.inline(i);
            inputs.add(record(i, "{\"uri\":\"" + uri + "\"}"));
        }

        run(inputs, TopicLimits.ofDefaults());

        assertThat(classifications.collected()).hasSize(90);
        assertThat(deadLetters.collected())
                .hasSize(10)
                .allSatisfy(record ->
                        assertThat(header(record, "alexstream.reason")).isEqualTo("FORBIDDEN_URI"));
        assertThat(Stream.of(classifications, deadLetters)
                        .flatMap(sink -> sink.collected().stream())
                        .map(record -> new String(record.key(), StandardCharsets.UTF_8)))
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    @Test
    void makesADeadLetterOfAnEventThatItsTopicWouldRefuse() throws Exception {
        String large = "{\"uri\":\"" + Pictures.inline(1) + "\",\"attributes\":{\"a\":\"" + "x".repeat(20_000) + "\"}}";

        run(List.of(record(0, large)), TopicLimits.ofDefaults().atMost(10_000));

        assertThat(classifications.collected()).isEmpty();
        assertThat(deadLetters.collected()).singleElement().satisfies(record -> {
            assertThat(record.value()).isEqualTo(large.getBytes(StandardCharsets.UTF_8));
            assertThat(header(record, "alexstream.reason")).isEqualTo("MALFORMED_REFERENCE");
            assertThat(header(record, "__connect.errors.exception.message")).contains("10000");
        });
    }

    private void run(List<ImageRecord> inputs, TopicLimits classificationLimits) throws Exception {
        JobConfig config = JobConfig.from(CommandLine.parse(
                "--kafka.bootstrap-servers", "nowhere:1",
                "--model.package", TinyModel.writeTo(directory).ref().uri(),
                "--model.cache-dir", directory.toString()));
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(EnvironmentDefaults.apply(environment, config.kafka())).isEmpty();
        byte[][] values = inputs.stream().map(ImageRecord::value).toArray(byte[][]::new);
        GeneratorFunction<Long, ImageRecord> generator = index -> record(index, values[index.intValue()]);
        ClassificationTopology topology = new ClassificationTopology(
                new DataGeneratorSource<>(generator, inputs.size(), TypeInformation.of(ImageRecord.class)),
                classifications,
                deadLetters,
                classificationLimits,
                TopicLimits.ofDefaults(),
                null);
        topology.addTo(environment, config);
        environment.execute(config.name());
    }

    private static ImageRecord record(long offset, String value) {
        return record(offset, value.getBytes(StandardCharsets.UTF_8));
    }

    private static ImageRecord record(long offset, byte[] value) {
        byte[] key = Long.toString(offset).getBytes(StandardCharsets.UTF_8);
        return new ImageRecord(key, value, List.of(RecordHeader.of("h", "v")), "images", 0, offset, 1000 + offset);
    }

    private static String header(OutgoingRecord record, String key) {
        return record.headers().stream()
                .filter(header -> header.key().equals(key))
                .map(header -> String.valueOf(header.text()))
                .findFirst()
                .orElse("");
    }
}
