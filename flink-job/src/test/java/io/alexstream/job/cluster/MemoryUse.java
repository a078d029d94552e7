package io.alexstream.job.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a TaskManager's process holds, in bytes.
 *
 * @param heap reachable objects
 * @param direct direct buffers, those of Flink and Kafka among them
 * @param resident now, as the kernel counts it
 * @param peak the most that was ever resident
 * @param pools what the JVM has committed for heap and its own memory, and direct buffers: all that Flink's pools account for
 */
record MemoryUse(long heap, long direct, long resident, long peak, long pools) {

    private static final String JVM = "Status.JVM.Memory.";
    private static final String DIRECT = JVM + "Direct.MemoryUsed";
    private static final String HEAP = JVM + "Heap.Committed";
    private static final String NON_HEAP = JVM + "NonHeap.Committed";

    /** @param taskManager the only one of the cluster */
    static MemoryUse of(ChildJvm taskManager, FlinkRest rest) throws Exception {
        Map<String, String> metrics = rest.metrics(rest.taskManagerIds().get(0), DIRECT, HEAP, NON_HEAP);
        long direct = Long.parseLong(metrics.get(DIRECT));
        long committed = Long.parseLong(metrics.get(HEAP)) + Long.parseLong(metrics.get(NON_HEAP));
        return new MemoryUse(
                ClassHistogram.of(taskManager.pid()).bytes(),
                direct,
                status(taskManager.pid(), "VmRSS:"),
                status(taskManager.pid(), "VmHWM:"),
                committed + direct);
    }

    /** What ONNX Runtime, thread stacks and the allocator took at most, beside Flink's pools. */
    long outside() {
        return peak - pools;
    }

    /** A size of /proc/PID/status, such as {@code VmRSS:	  412345 kB}, in bytes. */
    static long status(long pid, String key) throws Exception {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith(key))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
