package io.alexstream.model.cli;

import io.alexstream.model.terminal.Text;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * How every command behaves: mistakes in options are lines on stderr and exit status 2, failures are one line on stderr and
 * exit status 1, with the stack trace only where {@code --verbose} asks for it.
 */
public final class ModelCommandLine {

    private ModelCommandLine() {}

    /** A command line for the top command, whose subcommands are given by its annotation. */
    public static CommandLine of(Object topCommand) {
        CommandLine commandLine = new CommandLine(topCommand)
                .setParameterExceptionHandler(ModelCommandLine::onMistake)
                .setExecutionExceptionHandler(ModelCommandLine::onFailure)
                .setUsageHelpAutoWidth(true)
                .setOverwrittenOptionsAllowed(true);
        withHelp(commandLine);
        return commandLine;
    }

    private static void withHelp(CommandLine commandLine) {
        commandLine.getCommandSpec().mixinStandardHelpOptions(true);
        commandLine.getCommandSpec().versionProvider(() -> new String[] {version()});
        if (commandLine.getCommand() instanceof ReportsUnknownOptions) {
            commandLine.setUnmatchedArgumentsAllowed(true);
        }
        commandLine.getSubcommands().values().forEach(ModelCommandLine::withHelp);
    }

    private static String version() {
        String version = ModelCommandLine.class.getPackage().getImplementationVersion();
        return "alexstream-model " + (version == null ? "(not packaged)" : version);
    }

    private static int onMistake(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        String.valueOf(mistake.getMessage()).lines().forEach(err::println);
        err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        boolean verbose = parsed.hasMatchedOption("--verbose")
                || (parsed.hasSubcommand() && parsed.subcommand().hasMatchedOption("--verbose"));
        if (verbose) {
            failure.printStackTrace(command.getErr());
        } else {
            command.getErr().println(Text.plain(Failures.oneLine(failure)));
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }
}
