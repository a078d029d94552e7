package io.alexstream.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * A command of the side module in a process of its own, as people run it beside a job. Confined to one thread; one of its own reads
 * what the process says. Closing it ends the process.
 */
final class ModelProcess implements AutoCloseable {

    /** A step of training may have to end first. */
    private static final long CLOSING_SECONDS = 20;

    private final Process process;
    private final Thread stopAtExit;
    private final ConcurrentLinkedQueue<String> news = new ConcurrentLinkedQueue<>();
    private final Thread reader;

    private ModelProcess(Process process) {
        this.process = process;
        stopAtExit = new Thread(process::destroy, "stop-model-process");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        reader = new Thread(this::read, "read-model-process");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command.
     *
     * @param log where the process logs
     * @param arguments the command and its options
     */
    static ModelProcess start(Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Frames of all pictures take a third of it; libtorch's own memory comes on top.
                "-Xmx768m",
                "-Djava.awt.headless=true",
                "-Dlog4j2.configurationFile=log4j2-demo.properties",
                "-D" + DemoOptions.LOG + "=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                "io.alexstream.model.Main"));
        command.addAll(arguments);
        return new ModelProcess(new ProcessBuilder(command).start());
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), Charset.defaultCharset()))) {
            lines.lines().forEach(news::add);
        } catch (IOException | UncheckedIOException e) {
            news.add("cannot be heard any more: " + e.getMessage());
        }
    }

    /** What it said since this was asked last. */
    List<String> news() {
        List<String> said = new ArrayList<>();
        for (String line = news.poll(); line != null; line = news.poll()) {
            said.add(line);
        }
        return said;
    }

    boolean isRunning() {
        return process.isAlive() || reader.isAlive();
    }

    /** Returns when it does not run any more. */
    void await() {
        try {
            process.waitFor();
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while waiting for a command", e);
        }
    }

    /** Its exit status, once it does not run any more. */
    int status() {
        return process.exitValue();
    }

    /** What it printed as its result, once it does not run any more; short enough for a pipe to hold. */
    String output() throws IOException {
        try (InputStream out = process.getInputStream()) {
            return new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException e) {
            // The demo ends already, and the hook runs.
        }
    }
}
