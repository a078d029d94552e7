package io.alexstream.serving;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * The direct memory of this JVM at one moment, in bytes. Flink limits it with {@code -XX:MaxDirectMemorySize}, to the network
 * buffers, its own share and {@code taskmanager.memory.task.off-heap.size}.
 *
 * @param limit most that may be allocated
 * @param used what is allocated, garbage that is not collected yet included
 */
record DirectMemory(long limit, long used) {

    static DirectMemory ofThisJvm() {
        long used = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                // The capacity and not the use: it is what the JVM holds against the limit.
                .mapToLong(BufferPoolMXBean::getTotalCapacity)
                .sum();
        return new DirectMemory(configuredLimit(), used);
    }

    /** Where the option is not set (0), the limit is the heap's. */
    private static long configuredLimit() {
        long heap = Runtime.getRuntime().maxMemory();
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            long option = Long.parseLong(vm.getVMOption("MaxDirectMemorySize").getValue());
            return option > 0 ? option : heap;
        } catch (IllegalArgumentException e) {
            // Another JVM than HotSpot: it has no such bean or no such option.
            return heap;
        }
    }

    long available() {
        return Math.max(0, limit - used);
    }
}
