package io.alexstream.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What we send to the CUDA provider against ONNX Runtime's own parser of it, which only runs where CUDA's libraries are: the
 * names of {@code cuda_execution_provider_info.cc}, the values of {@code parse_string.h}, and both in the provider's binary
 * where one is at hand. It does not show what a device does with them.
 */
class CudaOptionNamesTest {

    /** {@code ParseStringWithClassicLocale<bool>}. */
    private static final Predicate<String> BOOLEAN = Set.of("0", "1", "false", "true", "False", "True")::contains;

    /** {@code ParseStringWithClassicLocale<size_t>}: digits and nothing else, up to 2^64 - 1. */
    private static final Predicate<String> SIZE = text -> text.matches("[0-9]{1,19}");

    /** {@code ort_cudnn_conv_algo_search_mapping}: exactly these, in capitals. */
    private static final Predicate<String> SEARCH = Set.of("EXHAUSTIVE", "HEURISTIC", "DEFAULT")::contains;

    /** All of the provider's options that we might send. It refuses any other name. */
    private static final Map<String, Predicate<String>> KNOWN =
            Map.of("gpu_mem_limit", SIZE, "use_tf32", BOOLEAN, "cudnn_conv_algo_search", SEARCH);

    /** {@code libonnxruntime_providers_cuda.so} out of the jar of onnxruntime_gpu, which is too large to fetch for a test. */
    private static final String BINARY = "alexstream.onnxruntime-cuda";

    static Stream<Map<String, String>> allCombinations() {
        List<Map<String, String>> sent = new ArrayList<>();
        for (String search : List.of("heuristic", "exhaustive", "default")) {
            for (String tf32 : List.of("true", "false")) {
                for (String limit : List.of("64 mb", "8 gb", "4 tb")) {
                    sent.add(sent(Map.of(
                            "model.package", "file:///models/a/1",
                            "inference.cuda.convolution-search", search,
                            "inference.cuda.tf32", tf32,
                            "inference.cuda.memory-limit", limit)));
                }
            }
        }
        sent.add(sent(Map.of("model.package", "file:///models/a/1")));
        return sent.stream();
    }

    private static Map<String, String> sent(Map<String, String> options) {
        return ClassificationConfig.from(Configuration.fromMap(options), Path.of("tmp"))
                .serving()
                .sessions()
                .cuda();
    }

    @ParameterizedTest
    @MethodSource("allCombinations")
    void areNamesAndValuesThatTheProviderReads(Map<String, String> sent) {
        assertThat(sent).isNotEmpty();
        assertThat(sent.keySet()).isSubsetOf(KNOWN.keySet());
        sent.forEach((name, value) -> assertThat(value).as(name).matches(KNOWN.get(name)));
    }

    @Test
    void areInTheProvidersBinary() throws IOException {
        Path binary = Path.of(System.getProperty(BINARY, "absent"));
        assumeThat(Files.exists(binary))
                .as("the CUDA provider's library of onnxruntime_gpu, named by " + BINARY)
                .isTrue();
        List<String> wanted = allCombinations()
                .flatMap(sent -> Stream.concat(sent.keySet().stream(), Stream.of(sent.get("cudnn_conv_algo_search"))))
                .distinct()
                .toList();
        assertThat(found(binary, wanted)).containsExactlyInAnyOrderElementsOf(wanted);
    }

    /** Which of these stand in the file as whole strings, between zeros. */
    private static List<String> found(Path file, List<String> wanted) throws IOException {
        List<String> found = new ArrayList<>();
        int window = 16 << 20;
        int overlap = 256;
        try (FileChannel channel = FileChannel.open(file)) {
            for (long at = 0; at < channel.size(); at += window) {
                long length = Math.min(window + overlap, channel.size() - at);
                String text = StandardCharsets.ISO_8859_1
                        .decode(channel.map(FileChannel.MapMode.READ_ONLY, at, length))
                        .toString();
                wanted.stream()
                        .filter(name -> !found.contains(name) && text.contains("\0" + name + "\0"))
                        .forEach(found::add);
            }
        }
        return found;
    }
}
