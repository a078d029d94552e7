package io.alexstream.model.cli;

import picocli.CommandLine.Option;

/** Options that every command has. */
public final class OutputOptions {

    @Option(names = "--json", description = "Print the result as one JSON object, for machines.")
    private boolean json;

    @Option(names = "--verbose", description = "Print the stack trace of a failure.")
    private boolean verbose;

    public boolean json() {
        return json;
    }

    public boolean verbose() {
        return verbose;
    }
}
