package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.job.testing.EmbeddedKafka;
import io.alexstream.job.testing.TopicReader;
import io.alexstream.job.testing.TopicWriter;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.ReplayDeadLettersCommand;
import io.alexstream.model.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** The command {@code replay-dead-letters} on a real broker. */
class ReplayDeadLettersITCase {

    private static final long TIMESTAMP = 1_700_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void sendsBackWhatCameFromTheTopic() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
            kafka.createTopics(1, "images", "dead-letters");
            try (TopicWriter letters = new TopicWriter(kafka.bootstrapServers(), "dead-letters")) {
                letters.send(letter("a", "FETCH_FAILED", "images"));
                letters.send(letter("b", "CORRUPT_IMAGE", "images"));
                letters.send(letter("c", "FETCH_FAILED", "secrets"));
                ProducerRecord<byte[], byte[]> omitted = letter("d", "FETCH_FAILED", "images");
                omitted.headers().add("alexstream.value-omitted", bytes("true"));
                letters.send(omitted);
                letters.send("e", "no dead letter");
            }

            assertThat(replay(kafka, "--reason=FETCH_FAILED")).isOne();
            assertThat(text(out).strip()).isEqualTo("sent 1 dead letter back to images");
            assertThat(text(err).lines())
                    .containsExactlyInAnyOrder(
                            "1 left out: came from topic secrets, which --topic does not name",
                            "1 left out: its value was too long to be kept");
            List<ConsumerRecord<byte[], byte[]>> images = images(kafka);
            assertThat(images).hasSize(1);
            ConsumerRecord<byte[], byte[]> image = images.get(0);
            assertThat(image.key()).isEqualTo(bytes("a"));
            assertThat(image.value()).isEqualTo(bytes("value of a"));
            assertThat(image.timestamp()).isEqualTo(TIMESTAMP);
            assertThat(image.headers()).extracting(header -> header.key()).containsExactly("traceparent");

            assertThat(replay(kafka, "--reason=corrupt_image")).isZero();
            assertThat(images(kafka)).hasSize(2);
            assertThat(replay(kafka, "--topic=nowhere")).isOne();
            assertThat(text(err)).contains("has no topic nowhere");
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(String key, String reason, String topic) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>("dead-letters", null, TIMESTAMP, bytes(key), bytes("value of " + key));
        record.headers()
                .add("traceparent", bytes("00-1"))
                .add("alexstream.reason", bytes(reason))
                .add("__connect.errors.topic", bytes(topic))
                .add("__connect.errors.exception.message", bytes("no"));
        return record;
    }

    private int replay(EmbeddedKafka kafka, String option) {
        return ModelCommandLine.of(new ReplayDeadLettersCommand(terminal(out), terminal(err)))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .execute("--bootstrap-servers=" + kafka.bootstrapServers(), option);
    }

    private static List<ConsumerRecord<byte[], byte[]>> images(EmbeddedKafka kafka) {
        try (TopicReader reader = new TopicReader(kafka.bootstrapServers(), "images")) {
            return reader.readToEnd();
        }
    }

    private static Terminal terminal(ByteArrayOutputStream bytes) {
        return Terminal.plain(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
