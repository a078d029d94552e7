package io.alexstream.model.cli;

import io.alexstream.contract.Json;
import io.alexstream.model.retrain.RetrainLoop;
import io.alexstream.model.retrain.RoundOutcome;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Text;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Says what rounds do and what comes of them: a line each, with the time where many rounds follow each other. */
final class RoundReport implements RetrainLoop.Listener {

    private final Terminal out;
    private final Terminal err;
    private final boolean json;
    private final String name;
    private final boolean timed;
    private final InstantSource clock;
    private final DateTimeFormatter format =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    /** @param timed whether lines begin with the time */
    RoundReport(Terminal out, Terminal err, boolean json, String name, boolean timed, InstantSource clock) {
        this.out = out;
        this.err = err;
        this.json = json;
        this.name = name;
        this.timed = timed;
        this.clock = clock;
    }

    /** Progress, on stderr. */
    void say(String line) {
        err.print(stamp() + Text.plain(line));
    }

    @Override
    public void ended(RoundOutcome outcome) {
        if (json) {
            out.print(Json.toBytes(RetrainResult.of(name, outcome)));
        } else {
            out.print(stamp() + Text.plain(sentence(outcome)));
        }
    }

    private String sentence(RoundOutcome outcome) {
        return switch (outcome.kind()) {
            case ACTIVE -> name + " " + outcome.version() + " serves: " + outcome.reason();
            case PUBLISHED ->
                name + " " + outcome.version() + " is published, but not every job serves it: " + outcome.reason();
            case REFUSED -> "nothing published, version " + outcome.servedVersion() + " stays: " + outcome.reason();
            case NOTHING_NEW, STOPPED -> outcome.reason();
        };
    }

    @Override
    public void failed(Exception failure) {
        say("the round failed, the next one goes on: " + Failures.oneLine(failure));
    }

    private String stamp() {
        return timed ? format.format(clock.instant()) + "  " : "";
    }
}
