package io.alexstream.model.cli;

import io.alexstream.model.export.Progress;
import java.io.PrintWriter;

/**
 * Progress as a bar on stderr: redrawn in place on a terminal, else one line when a step ends. Confined to one thread.
 */
public final class ProgressBar implements Progress {

    private static final int WIDTH = 30;

    private final PrintWriter err;
    private final boolean terminal;
    private String shown = "";

    public ProgressBar(PrintWriter err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
    }

    @Override
    public void report(String step, long done, long total) {
        boolean ended = done >= total;
        if (!terminal) {
            if (ended) {
                err.println(step + ": done");
                err.flush();
            }
            return;
        }
        int filled = (int) (WIDTH * done / Math.max(1, total));
        String line = "\r" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + " " + step;
        if (ended || !line.equals(shown)) {
            err.print(line);
            err.print(ended ? System.lineSeparator() : "");
            err.flush();
            shown = line;
        }
    }
}
