package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class EmbeddingExampleTest {

    @Test
    void compilesAndMakesAJobGraphWithoutGenericTypes() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);

        ClassifiedStream<String> images = EmbeddingExample.classify(environment.fromData("file:///data/images/a.jpg"));
        images.classifications().print();
        images.deadLetters().print();

        assertThat(environment.getExecutionPlan()).contains("pin model version", "classify", "split");
    }

    @Test
    void standsInTheReadmeAsItIsCompiled() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/alexstream/flink/EmbeddingExample.java"));
        String example = source.substring(source.indexOf("readme:begin"), source.indexOf("// readme:end"))
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.substring("        ".length()))
                .collect(Collectors.joining("\n"));

        assertThat(Files.readString(Path.of("../README.md"))).contains("```java\n" + example + "\n```");
    }
}
