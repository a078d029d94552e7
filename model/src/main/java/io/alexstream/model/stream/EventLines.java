package io.alexstream.model.stream;

import io.alexstream.model.terminal.Columns;
import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Events as lines of one width for people. Immutable. */
public final class EventLines {

    // Widths of the columns in a line of 100; in a narrower terminal ID and label give way.
    private static final int TIME = 8;
    private static final int ID = 28;
    private static final int LABEL = 29;
    private static final int PROBABILITY = 7;
    private static final int MODEL = 18;
    private static final int LEAST = 8;
    /** The longest reason, {@code MALFORMED_REFERENCE}. */
    private static final int REASON = 19;
    /** No message of ours is longer; so much is shown where no terminal cuts the line. */
    private static final int WHOLE_MESSAGE = 1000;

    private final Terminal terminal;
    private final DateTimeFormatter clock;
    private final Columns classified;
    private final Columns deadLettered;

    /** Lines for that terminal; where nobody looks, messages are not cut. */
    public EventLines(Terminal terminal, ZoneId zone) {
        this.terminal = terminal;
        clock = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(zone);
        Column time = new Column("TIME", TIME, Align.LEFT);
        int lost = Terminal.COLUMNS - terminal.columns();
        int idWidth = Math.max(LEAST, ID - lost / 2);
        Column id = new Column("ID", idWidth, Align.PATH);
        classified = Columns.of(
                time,
                id,
                new Column("TOP PREDICTION", Math.max(LEAST, LABEL - (lost + 1) / 2), Align.LEFT),
                new Column("PROB.", PROBABILITY, Align.RIGHT),
                new Column("MODEL", MODEL, Align.PATH));
        int message = terminal.isInteractive()
                ? Math.max(1, terminal.columns() - TIME - idWidth - REASON - 3 * 2)
                : WHOLE_MESSAGE;
        deadLettered = Columns.of(
                time, id, new Column("REASON", REASON, Align.LEFT), new Column("MESSAGE", message, Align.LEFT));
    }

    /** The titles of the columns; those of dead letters differ from the third on. */
    public String header() {
        return terminal.paint(Style.BOLD, classified.header());
    }

    /** The event in one line. */
    public String line(StreamEvent event) {
        if (event instanceof StreamEvent.Classified c) {
            return classified.line(List.of(
                    time(c.classifiedAt() == null ? c.raw().timestamp() : c.classifiedAt()),
                    Text.plain(c.id()),
                    Text.plain(c.top().label()),
                    percent(c.top().probability()),
                    Text.plain(c.model())));
        }
        if (event instanceof StreamEvent.DeadLettered d) {
            return terminal.paint(Style.YELLOW, problem(d, d.reason(), d.message()));
        }
        StreamEvent.Unreadable unreadable = (StreamEvent.Unreadable) event;
        return terminal.paint(Style.RED, problem(unreadable, "UNREADABLE", unreadable.problem()));
    }

    private String problem(StreamEvent event, String reason, String message) {
        return deadLettered.line(List.of(
                time(event.raw().timestamp()), Text.plain(event.id()), Text.plain(reason), Text.plain(message)));
    }

    /** {@code 93.1 %}. */
    public static String percent(float probability) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * probability);
    }

    private String time(Instant instant) {
        return clock.format(instant);
    }
}
