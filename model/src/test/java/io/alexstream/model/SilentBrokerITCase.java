package io.alexstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A command in a process of its own, with the log that users see, where no broker is. */
class SilentBrokerITCase {

    @TempDir
    private Path directory;

    @Test
    void endsInOneLine() throws IOException, InterruptedException {
        File log = directory.resolve("log").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dlog4j2.configurationFile=" + Path.of("src/main/resources/log4j2.xml"),
                        Main.class.getName(),
                        "status",
                        "--bootstrap-servers=127.0.0.1:" + closedPort(),
                        "--kafka-property=default.api.timeout.ms=6000",
                        "--kafka-property=request.timeout.ms=2000")
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isOne();
        assertThat(Files.readAllLines(log.toPath()))
                .singleElement()
                .asString()
                .startsWith("no Kafka broker answers at 127.0.0.1:");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
