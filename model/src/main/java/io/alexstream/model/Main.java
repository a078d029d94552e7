package io.alexstream.model;

import io.alexstream.model.cli.EvaluateCommand;
import io.alexstream.model.cli.ImportCommand;
import io.alexstream.model.cli.InitCommand;
import io.alexstream.model.cli.ModelCommandLine;
import io.alexstream.model.cli.PublishCommand;
import io.alexstream.model.cli.ReplayDeadLettersCommand;
import io.alexstream.model.cli.RetrainCommand;
import io.alexstream.model.cli.RollbackCommand;
import io.alexstream.model.cli.SendImagesCommand;
import io.alexstream.model.cli.StatusCommand;
import io.alexstream.model.cli.TailCommand;
import io.alexstream.model.cli.TrainCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code java -jar alexstream-model-<version>.jar COMMAND}. One line a command below. */
@Command(
        name = "model",
        description = "The side module of AlexStream: model packages, and training, and the two ends of the stream.",
        subcommands = {
            InitCommand.class, //
            ImportCommand.class, //
            TrainCommand.class, //
            EvaluateCommand.class, //
            PublishCommand.class, //
            RollbackCommand.class, //
            RetrainCommand.class, //
            StatusCommand.class, //
            SendImagesCommand.class, //
            TailCommand.class, //
            ReplayDeadLettersCommand.class, //
        })
public final class Main {

    private Main() {}

    /** Runs one command; the exit status is 0, 1 where it failed, 2 where it was asked wrongly. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return ModelCommandLine.of(new Main());
    }
}
