package io.alexstream.job.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the child processes log, and how: everything from INFO on, to their standard output. */
final class LogConfig {

    private static final String CONFIGURATION = """
            rootLogger.level = INFO
            rootLogger.appenderRef.console.ref = console
            appender.console.name = console
            appender.console.type = Console
            appender.console.layout.type = PatternLayout
            appender.console.layout.pattern = %d{HH:mm:ss.SSS} %-5p %c{1} - %m%n
            """;

    private LogConfig() {}

    /** Writes it into that folder, which may have it already. */
    static Path write(Path folder) throws IOException {
        return Files.writeString(folder.resolve("log4j2.properties"), CONFIGURATION);
    }
}
