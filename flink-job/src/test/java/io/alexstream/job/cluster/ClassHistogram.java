package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What lies reachable on the heap of another JVM: the JDK's {@code jcmd} collects its garbage first. */
record ClassHistogram(List<String> lines) {

    /** Stops that JVM for as long as a full garbage collection takes. */
    static ClassHistogram of(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(ChildJvm.tool("jcmd"), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        return new ClassHistogram(said.lines().map(String::strip).toList());
    }

    long instances(String type) {
        // Such as "57:             1            104  org.apache.flink.util.ChildFirstClassLoader".
        return lines.stream()
                .map(line -> line.split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    long bytes() {
        // The last line, such as "Total        123456       12345678".
        String total = lines.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no total among " + lines.size() + " lines of jcmd"));
        return Long.parseLong(total.split("\\s+")[2]);
    }
}
