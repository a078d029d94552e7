package io.alexstream.model.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How far something is: a bar drawn over itself on a terminal, a line every few seconds elsewhere. Safe for concurrent
 * use: all methods hold one lock.
 */
public final class ProgressBar implements AutoCloseable {

    private static final int BAR = 28;

    /** Ten pictures a second look smooth, and cost nothing. */
    private static final Duration REDRAW = Duration.ofMillis(100);

    /** Often enough that nobody wonders, seldom enough for a log. */
    private static final Duration LINE = Duration.ofSeconds(3);

    private final Terminal terminal;
    private final String label;
    private final long total;
    private final LongSupplier nanoTime;
    private final long start;
    private long lastShown;
    private long done;

    /**
     * @param total what {@code done} will be at the end; 1 or more
     * @param nanoTime {@code System::nanoTime}
     */
    public ProgressBar(Terminal terminal, String label, long total, LongSupplier nanoTime) {
        if (total < 1) {
            throw new IllegalArgumentException("total must be 1 or more, was " + total);
        }
        this.terminal = terminal;
        this.label = label;
        this.total = total;
        this.nanoTime = nanoTime;
        start = nanoTime.getAsLong();
        lastShown = start;
    }

    /** Takes the news and shows it if the last picture is old enough; call it often, also without news. */
    public synchronized void update(long nowDone) {
        done = nowDone;
        long now = nanoTime.getAsLong();
        Duration pause = terminal.isInteractive() ? REDRAW : LINE;
        if (now - lastShown < pause.toNanos()) {
            return;
        }
        lastShown = now;
        show();
    }

    private void show() {
        if (terminal.isInteractive()) {
            terminal.rewrite(text(true));
        } else {
            terminal.print(text(false));
        }
    }

    /** Leaves the last state on the screen. */
    @Override
    public synchronized void close() {
        terminal.finishLine(text(terminal.isInteractive()));
    }

    private String text(boolean withBar) {
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        double rate = seconds > 0 ? done / seconds : 0;
        String count = String.format(
                Locale.ROOT, "%" + String.valueOf(total).length() + "d/%d %3d %%", done, total, 100 * done / total);
        String speed = String.format(Locale.ROOT, "%6.1f/s %5.1f s", rate, seconds);
        return withBar ? label + " " + bar() + " " + count + " " + speed : label + " " + count + " " + speed;
    }

    private String bar() {
        int full = (int) Math.min(BAR, BAR * done / total);
        return terminal.isUnicode()
                ? "█".repeat(full) + "░".repeat(BAR - full)
                : "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }
}
