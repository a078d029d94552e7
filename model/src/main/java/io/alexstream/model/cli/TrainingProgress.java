package io.alexstream.model.cli;

import io.alexstream.model.data.LabelledFrames.Unreadable;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.terminal.ProgressBar;
import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import io.alexstream.model.train.EpochFigures;
import io.alexstream.model.train.Tally;
import io.alexstream.model.train.TrainingListener;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Shows a training to a person: a line drawn over itself, and a line an epoch that stays. Confined to one thread. */
final class TrainingProgress implements TrainingListener, TrainingImages.Listener {

    /** Ten pictures a second look smooth, and cost nothing. */
    private static final Duration REDRAW = Duration.ofMillis(100);

    /** Off a terminal: a log of a night has some thousand lines. */
    static final Duration LINE = Duration.ofSeconds(10);

    private static final int BAR = 12;

    private final Terminal terminal;
    private final LongSupplier nanoTime;
    private final Duration pause;
    private @Nullable ProgressBar reading;
    private long begin;
    private long lastShown;
    private int epochs;

    /** @param nanoTime {@code System::nanoTime} */
    TrainingProgress(Terminal terminal, LongSupplier nanoTime) {
        this(terminal, nanoTime, LINE);
    }

    /** @param line how often a line is printed where no person looks */
    TrainingProgress(Terminal terminal, LongSupplier nanoTime, Duration line) {
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.pause = terminal.isInteractive() ? REDRAW : line;
    }

    @Override
    public void read(int done, int total) {
        ProgressBar bar = reading;
        if (bar == null) {
            bar = new ProgressBar(terminal, "reading images", total, nanoTime);
            reading = bar;
        }
        bar.update(done);
        if (done == total) {
            bar.close();
            reading = null;
        }
    }

    @Override
    public void unreadable(Unreadable image) {
        terminal.print(terminal.paint(
                Style.YELLOW, "left out " + Text.plain(image.image().shown()) + ": " + Text.plain(image.reason())));
    }

    @Override
    public void started(String device, long firstStep, long steps) {
        terminal.print("training on " + device + ", " + steps + (steps == 1 ? " step" : " steps")
                + (firstStep == 0 ? "" : "; going on after step " + firstStep));
        begin = nanoTime.getAsLong();
        lastShown = begin;
    }

    @Override
    public void step(StepFigures figures) {
        epochs = figures.epochs();
        long now = nanoTime.getAsLong();
        if (now - lastShown < pause.toNanos()) {
            return;
        }
        lastShown = now;
        String line = line(figures, (now - begin) / 1e9);
        if (terminal.isInteractive()) {
            terminal.rewrite(line.length() > terminal.columns() ? line.substring(0, terminal.columns()) : line);
        } else {
            terminal.print(line);
        }
    }

    private String line(StepFigures figures, double seconds) {
        double rate = seconds > 0 ? figures.images() / seconds : 0;
        String left = rate > 0 ? time((long) (figures.imagesLeft() / rate)) : "-";
        return String.format(
                Locale.ROOT,
                "epoch %d/%d %s %3d %% %7.1f images/s  loss %.4f  rate %.5f  %s left",
                figures.epoch(),
                figures.epochs(),
                bar(figures.step(), figures.steps()),
                100 * figures.step() / figures.steps(),
                rate,
                figures.loss(),
                figures.rate(),
                left);
    }

    private String bar(long done, long total) {
        int full = (int) (BAR * done / total);
        return terminal.isUnicode()
                ? "█".repeat(full) + "░".repeat(BAR - full)
                : "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
    }

    /** {@code 1:02:03} or {@code 2:03}. */
    static String time(long seconds) {
        return seconds >= 3600
                ? String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
    }

    @Override
    public void epoch(EpochFigures figures) {
        terminal.print(String.format(
                Locale.ROOT,
                "epoch %d/%d  train %s  held-out %s  rate %.5f  %s",
                figures.epoch(),
                Math.max(epochs, figures.epoch()),
                tally(figures.train()),
                tally(figures.heldOut()),
                figures.rate(),
                time(Math.round(figures.seconds()))));
    }

    private static String tally(Tally tally) {
        return String.format(
                Locale.ROOT,
                "loss %.3f top-1 %.1f %% top-5 %.1f %%",
                tally.loss(),
                100 * tally.top1Share(),
                100 * tally.top5Share());
    }
}
