package io.alexstream.demo;

import io.alexstream.model.terminal.Terminal;
import io.alexstream.model.terminal.Terminal.Style;
import io.alexstream.model.terminal.Text;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Says what is being done, that it still is, and how long it took. Confined to one thread, but for the ticker of its own and
 * {@link Step#say}, which any thread may call.
 */
final class Steps implements AutoCloseable {

    private static final int TITLE = 9;
    private static final int TIME = 8;

    private final Terminal terminal;
    private final int text;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-ticker");
        thread.setDaemon(true);
        return thread;
    });

    Steps(Terminal terminal) {
        this.terminal = terminal;
        text = terminal.columns() - TITLE - TIME - 3;
    }

    /** Begins a step; the caller ends it with {@link Step#done}, or closes it where it failed. */
    Step begin(String title, String doing) {
        return new Step(title, doing);
    }

    /** Something to know about the step that ended last. */
    void remark(String remark) {
        terminal.print(terminal.paint(Style.DIM, " ".repeat(TITLE + 3) + Text.cut(remark, text + TIME)));
    }

    /** Notes how long something took that showed its own progress. */
    void took(String title, double time) {
        seconds.put(title, time);
    }

    /** Seconds by step, in order. */
    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }

    double secondsSinceStart() {
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }

    /** One step. */
    final class Step implements AutoCloseable {

        private final String title;
        private final long began = System.nanoTime();
        private final ScheduledFuture<?> ticks;
        private volatile String doing;

        private Step(String title, String doing) {
            this.title = title;
            this.doing = doing;
            int millis = terminal.isInteractive() ? 200 : 3000;
            if (!terminal.isInteractive()) {
                terminal.print(line(doing + " ...", ""));
            }
            ticks = ticker.scheduleWithFixedDelay(this::tick, 0, millis, TimeUnit.MILLISECONDS);
        }

        /** What is being done now. */
        void say(String now) {
            doing = now;
        }

        private void tick() {
            if (terminal.isInteractive()) {
                terminal.rewrite(line(doing + " ...", time()));
            } else if (seconds() >= 2) {
                terminal.print(line("still " + doing + " ...", time()));
            }
        }

        /** What came of it. */
        void done(String result) {
            close();
            Steps.this.seconds.put(title, seconds());
            terminal.finishLine(line(result, time()));
        }

        @Override
        public void close() {
            ticks.cancel(false);
        }

        private double seconds() {
            return (System.nanoTime() - began) / 1e9;
        }

        private String time() {
            return String.format(Locale.ROOT, "%.1f s", seconds());
        }

        private String line(String words, String time) {
            return ("  " + terminal.paint(Style.BOLD, Text.left(title, TITLE)) + " "
                            + Text.left(Text.cut(words, text), text) + Text.right(time, TIME))
                    .stripTrailing();
        }
    }
}
