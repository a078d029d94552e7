package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Looks into the job jar as it was packaged. */
final class JobJarITCase {

    private static Path path;
    private static JarFile jar;
    private static Set<String> names;

    @BeforeAll
    static void open() throws IOException {
        path = Path.of(Objects.requireNonNull(System.getProperty("alexstream.job.jar"), "alexstream.job.jar"));
        jar = new JarFile(path.toFile());
        names = jar.stream().map(JarEntry::getName).collect(Collectors.toSet());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void namesItsMainClass() throws IOException {
        assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                .isEqualTo(ClassificationJob.class.getName());
        assertThat(names).contains(entry(ClassificationJob.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io/alexstream/flink/ImageClassification.class",
                "org/apache/flink/connector/kafka/source/KafkaSource.class",
                "org/apache/kafka/clients/producer/KafkaProducer.class",
                "ai/onnxruntime/OrtSession.class",
                "ai/onnxruntime/native/linux-x64/libonnxruntime.so",
                "ai/onnxruntime/native/linux-x64/libonnxruntime4j_jni.so",
                "ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
                "com/twelvemonkeys/imageio/plugins/webp/WebPImageReader.class",
                "org/apache/hc/client5/http/classic/HttpClient.class",
                "com/fasterxml/jackson/databind/ObjectMapper.class",
                "net/jpountz/util/linux/amd64/liblz4-java.so",
                "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
                "META-INF/LICENSE",
                "META-INF/NOTICE",
                "META-INF/licenses/LICENSE.onnxruntime",
                "META-INF/licenses/LICENSE.twelvemonkeys",
                "META-INF/licenses/LICENSE.zstd-jni",
                "ThirdPartyNotices.txt"
            })
    void holdsWhatTheClusterLacks(String name) {
        assertThat(names).contains(name);
    }

    @Test
    void holdsNoFlinkButTheConnector() {
        List<String> allowed = List.of(
                "org/apache/flink/connector/kafka/",
                "org/apache/flink/streaming/connectors/kafka/",
                "org/apache/flink/streaming/util/serialization/JSONKeyValueDeserializationSchema");

        assertThat(classes()
                        .filter(name -> name.startsWith("org/apache/flink/"))
                        .filter(name -> allowed.stream().noneMatch(name::startsWith)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org/slf4j/",
                "org/apache/logging/",
                "org/apache/log4j/",
                "io/alexstream/model/",
                "org/tribuo/",
                "com/google/protobuf/",
                "org/bytedeco/",
                "picocli/",
                "kafka/server/",
                "scala/",
                "org/junit/"
            })
    void holdsNothingOfLoggingTrainingOrTests(String prefix) {
        assertThat(names).noneMatch(name -> name.startsWith(prefix));
    }

    @Test
    void holdsNoNativesOfSystemsWithoutTaskManagers() {
        assertThat(names)
                .noneMatch(name -> name.endsWith(".dll")
                        || name.endsWith(".dylib")
                        || name.endsWith(".a")
                        || name.contains(".dSYM")
                        || name.contains("/i386/"));
    }

    @Test
    void holdsNoModuleDescriptorsNorSignatures() {
        assertThat(names)
                .noneMatch(name -> name.endsWith("module-info.class")
                        || name.endsWith(".SF")
                        || name.endsWith(".RSA")
                        || name.endsWith(".DSA"));
    }

    @Test
    void leavesImageIosRegistryAlone() {
        assertThat(names).noneMatch(name -> name.startsWith("META-INF/services/javax.imageio"));
    }

    @Test
    void staysUnderFortyMebibytes() throws IOException {
        assertThat(Files.size(path)).isLessThan(40L << 20);
    }

    private static java.util.stream.Stream<String> classes() {
        return names.stream().filter(name -> name.endsWith(".class"));
    }

    private static String entry(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
