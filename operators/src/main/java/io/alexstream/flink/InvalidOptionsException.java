package io.alexstream.flink;

import java.io.Serial;
import java.util.List;

/** Options that cannot be used: all mistakes at once, each in one line that names key, value and what is allowed. */
public final class InvalidOptionsException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    /**
     * Of one or more mistakes.
     *
     * @param problems one line each
     */
    public InvalidOptionsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * The mistakes one by one.
     *
     * @return one line each; never empty
     */
    public List<String> problems() {
        return problems;
    }
}
