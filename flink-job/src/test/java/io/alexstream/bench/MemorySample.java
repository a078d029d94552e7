package io.alexstream.bench;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What this process holds at one moment, in mebibytes.
 *
 * @param second since the beginning
 * @param frames classified since then
 * @param rss resident in all, heap included, as the kernel counts it
 * @param direct direct buffers
 * @param heap used, garbage included
 */
record MemorySample(double second, long frames, double rss, double direct, double heap) {

    static final String HEADER = "second,frames,rss_mib,direct_mib,heap_mib";

    private static final double MEBIBYTE = 1 << 20;

    static MemorySample now(double second, long frames) {
        String kilobytes = Machine.after("self/status", "VmRSS").replaceAll("[^0-9]", "");
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        double resident = kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) / 1024.0;
        return new MemorySample(second, frames, resident, direct / MEBIBYTE, heap / MEBIBYTE);
    }

    String csv() {
        return String.format(Locale.ROOT, "%.0f,%d,%.1f,%.1f,%.1f", second, frames, rss, direct, heap);
    }
}
