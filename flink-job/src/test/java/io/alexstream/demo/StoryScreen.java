package io.alexstream.demo;

import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import java.util.List;

/**
 * Two things at a time: how the stream goes, and how the learning goes. Both are drawn over themselves on a terminal; elsewhere a
 * line each every ten seconds. Confined to one thread.
 */
final class StoryScreen {

    private static final int TITLE = 9;
    private static final long REDRAW_NANOS = 100_000_000L;
    private static final long LINE_NANOS = 10_000_000_000L;

    private final Terminal terminal;
    private String stream = "";
    private String learning = "";
    private long shown;

    StoryScreen(Terminal terminal) {
        this.terminal = terminal;
    }

    /** How the stream goes. */
    void stream(String line) {
        stream = line;
        draw();
    }

    /** What the process that learns says. */
    void learning(String line) {
        if (LearningLines.isPassing(line)) {
            learning = line.strip();
        } else {
            learning = "";
            String forPeople = LearningLines.forPeople(line);
            if (!forPeople.isEmpty()) {
                print("Learn", forPeople);
            }
        }
        draw();
    }

    /** Something that happened, to stay on the screen. */
    void fact(String title, String line) {
        print(title, line);
        draw();
    }

    private void print(String title, String line) {
        terminal.print(titled(title, line));
        if (terminal.isInteractive()) {
            shown = 0; // what was drawn is wiped
        }
    }

    private void draw() {
        long now = System.nanoTime();
        if (now - shown < (terminal.isInteractive() ? REDRAW_NANOS : LINE_NANOS)) {
            return;
        }
        shown = now;
        List<String> lines = learning.isEmpty()
                ? List.of(titled("Stream", stream))
                : List.of(titled("Stream", stream), titled("Learn", learning));
        if (terminal.isInteractive()) {
            terminal.rewrite(lines);
        } else {
            lines.forEach(terminal::print);
        }
    }

    private String titled(String title, String line) {
        String text = Text.cut(Text.plain(line), terminal.columns() - TITLE - 3);
        return "  " + terminal.paint(Style.BOLD, Text.left(title, TITLE)) + " " + text;
    }
}
