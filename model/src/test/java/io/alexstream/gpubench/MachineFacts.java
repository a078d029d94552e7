package io.alexstream.gpubench;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the figures were measured on.
 *
 * @param card name, driver and memory as {@code nvidia-smi} tells; null on CPU
 * @param onnxRuntime the Java classes' version
 * @param natives where the native files come from, which may be of another version; null outside the bench's folder
 */
record MachineFacts(
        String processor,
        int cores,
        String java,
        String onnxRuntime,
        @Nullable String card,
        @Nullable String natives) {

    static MachineFacts of(Device device) {
        return new MachineFacts(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                OrtEnvironment.getEnvironment().getVersion(),
                device.isCuda()
                        ? Objects.requireNonNullElse(
                                DeviceMemory.smi(device.gpu(), "name,driver_version,memory.total"), "unknown")
                        : null,
                System.getProperty("alexstream.natives"));
    }

    private static String processorName() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown"; // not Linux
        }
    }

    List<List<String>> rows() {
        return List.of(
                List.of("card", card == null ? "none: these are figures of the CPU" : card + " MiB"),
                List.of("processor", cores + " cores, " + processor),
                List.of(
                        "software",
                        "Java " + java + ", ONNX Runtime " + onnxRuntime
                                + (natives == null ? "" : ", native files of " + natives)));
    }
}
