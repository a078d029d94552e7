package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        long classLoaders = ClassHistogram.of(pid).instances(JOB_CLASS_LOADER);
        try (Stream<Path> threads = Files.list(process.resolve("task"))) {
            return new Footprint(
                    classLoaders,
                    threads.count(),
                    nativeCopies(process),
                    Folders.files(temporaryFolder),
                    MemoryUse.status(pid, "VmRSS:"));
        }
    }

    private static long nativeCopies(Path process) throws IOException {
        return Files.readAllLines(process.resolve("maps")).stream()
                .filter(line -> line.contains("libonnxruntime.so"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .count();
    }
}
