package io.alexstream.job.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * One child JVM, which writes to a log of its own and ends with this JVM at the latest. Safe for concurrent use: it has no
 * state but the process.
 */
final class ChildJvm implements AutoCloseable {

    /** For a JVM that ends before the optimising compiler has paid for itself. */
    static final String QUICK_START = "-XX:TieredStopAtLevel=1";

    private static final Duration END_WITHIN = Duration.ofSeconds(20);

    /** Lines of the log that a failure shows: a stack trace with its first cause. */
    private static final int TAIL = 40;

    private final String name;
    private final Path log;
    private final Process process;

    private ChildJvm(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * Starts {@code java} with these arguments. The caller closes it.
     *
     * @param log what it prints is appended here
     * @param arguments options, class path, main class and its arguments
     */
    static ChildJvm start(String name, Path log, Map<String, String> environment, List<String> arguments)
            throws IOException {
        Path agent = log.resolveSibling("end-with-parent.jar");
        if (!Files.exists(agent)) {
            writeAgent(agent);
        }
        List<String> command = new ArrayList<>(List.of(tool("java"), "-javaagent:" + agent));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        // As docker/ has it: ONNX Runtime would report to its makers.
        builder.environment().put("ORT_DISABLE_TELEMETRY", "1");
        return new ChildJvm(name, log, builder.start());
    }

    /** A program of the JDK that runs this. */
    static String tool(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static void writeAgent(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", EndWithParent.class.getName());
        String entry = EndWithParent.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream type = EndWithParent.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            type.transferTo(out);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** @throws AssertionError where it still runs after that time, or ended otherwise than with 0 */
    void awaitSuccess(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(name + " still runs after " + limit.toSeconds() + " s; " + tail());
        }
        if (process.exitValue() != 0) {
            throw new AssertionError(name + " ended with " + process.exitValue() + "; " + tail());
        }
    }

    /** {@code kill -9}; returns when it is dead. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** The end of the log, for a message. */
    String tail() throws IOException {
        List<String> lines =
                Files.readString(log, StandardCharsets.UTF_8).lines().toList();
        return "the end of " + log + ":\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL), lines.size()));
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            kill();
        }
    }
}
