package io.alexstream.gpubench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How much memory is in use where the model lies: the whole card's by {@code nvidia-smi} (in containers it often knows no
 * processes), or on CPU this process's resident set. Stateless.
 */
final class DeviceMemory {

    private static final long PATIENCE_SECONDS = 20;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Device device;

    private DeviceMemory(Device device) {
        this.device = device;
    }

    static DeviceMemory of(Device device) {
        return new DeviceMemory(device);
    }

    /** In MiB, as {@code nvidia-smi} counts, or null where it cannot be asked. */
    @Nullable
    Long megabytes() {
        if (device.isCuda()) {
            String answer = smi(device.gpu(), "memory.used");
            return answer == null ? null : number(answer);
        }
        try {
            return residentMegabytes(Files.readAllLines(STATUS));
        } catch (IOException e) {
            return null; // not Linux
        }
    }

    /** What {@code nvidia-smi} says of one property of a card, in one line; null where there is none. */
    static @Nullable String smi(int gpu, String property) {
        try {
            Process process = new ProcessBuilder(
                            "nvidia-smi",
                            "-i",
                            Integer.toString(gpu),
                            "--query-gpu=" + property,
                            "--format=csv,noheader,nounits")
                    .redirectErrorStream(true)
                    .start();
            try {
                // Read after its end: a line fits into any pipe.
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                    return null;
                }
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** {@code nvidia-smi} answers [N/A] to what a driver does not tell. */
    static @Nullable Long number(String answer) {
        return answer.matches("[0-9]{1,9}") ? Long.valueOf(answer) : null;
    }

    /** The line "VmRSS:   123456 kB" of {@code /proc/self/status} (man 5 proc). */
    static @Nullable Long residentMegabytes(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(null);
    }
}
