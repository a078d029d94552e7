package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alexstream.contract.ImageReference;
import io.alexstream.flink.ImageClassification;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The job jar carries no OpenCV, and neither does this module's class path. */
@Timeout(120)
final class MissingDecoderTest {

    @Test
    void endsTheJobOnceWithTheJarsThatAreMissing() throws Exception {
        Configuration options =
                Configuration.fromMap(Map.of("model.package", "file:///nowhere/1", "image.decoder", "opencv"));
        // Restarts for ever, but for faults that no restart mends.
        Configuration cluster = Configuration.fromMap(Map.of("restart-strategy.type", "exponential-delay"));
        try (StreamExecutionEnvironment job = StreamExecutionEnvironment.getExecutionEnvironment(cluster)) {
            ImageClassification.of(options)
                    .classify(job.fromData("data:,"), ImageReference::of)
                    .classifications()
                    .sinkTo(new DiscardingSink<>());

            Throwable failure = catchThrowable(job::execute);

            Optional<String> reason = PermanentFault.in(failure);
            assertThat(reason)
                    .hasValueSatisfying(line -> assertThat(line)
                            .contains("image.decoder is opencv")
                            .contains("opencv-4.13.0-1.5.13-linux-x86_64.jar")
                            .contains("image.decoder to imageio"));
        }
    }
}
