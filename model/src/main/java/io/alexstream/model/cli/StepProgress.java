package io.alexstream.model.cli;

import io.alexstream.model.export.Progress;
import io.alexstream.model.terminal.ProgressBar;
import io.alexstream.model.terminal.Terminal;
import org.jspecify.annotations.Nullable;

/** Shows one bar for each step after the other. Confined to one thread. */
final class StepProgress implements Progress {

    private final Terminal terminal;
    private @Nullable ProgressBar bar;
    private String shown = "";

    StepProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void report(String step, long done, long total) {
        ProgressBar current = bar;
        if (current == null || !step.equals(shown)) {
            current = new ProgressBar(terminal, step, Math.max(1, total), System::nanoTime);
            bar = current;
            shown = step;
        }
        current.update(done);
        if (done >= total) {
            current.close();
            bar = null;
        }
    }
}
