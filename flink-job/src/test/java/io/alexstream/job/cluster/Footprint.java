package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a TaskManager holds on to after its jobs have gone.
 *
 * @param classLoaders those of jobs which the garbage collector cannot take
 * @param threads of the process, native ones included
 * @param nativeCopies different files of libonnxruntime that are mapped
 * @param temporaryFiles under its temporary folder
 * @param residentBytes of the process
 */
record Footprint(long classLoaders, long threads, long nativeCopies, long temporaryFiles, long residentBytes) {

    private static final String JOB_CLASS_LOADER = "org.apache.flink.util.ChildFirstClassLoader";

    /** Looks at a process, after a full garbage collection. */
    static Footprint of(long pid, Path temporaryFolder) throws Exception {
        Path process = Path.of("/proc", Long.toString(pid));
        long classLoaders = instances(pid, JOB_CLASS_LOADER);
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return new Footprint(
                    classLoaders,
                    threads.count(),
                    nativeCopies(process),
                    Folders.files(temporaryFolder),
                    residentBytes(process));
        }
    }

    /** A class histogram counts what is reachable, and collects the garbage for it. */
    private static long instances(long pid, String type) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(ChildJvm.tool("jcmd"), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
        // Such as "  57:             1            104  org.apache.flink.util.ChildFirstClassLoader".
        return said.lines()
                .map(line -> line.strip().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[3].equals(type))
                .mapToLong(columns -> Long.parseLong(columns[1]))
                .sum();
    }

    private static long nativeCopies(Path process) throws IOException {
        return Files.readAllLines(process.resolve("maps")).stream()
                .filter(line -> line.contains("libonnxruntime.so"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .count();
    }

    private static long residentBytes(Path process) throws IOException {
        List<String> status = Files.readAllLines(process.resolve("status"));
        // Such as "VmRSS:	  412345 kB".
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElseThrow();
    }
}
