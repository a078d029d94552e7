package io.alexstream.model.terminal;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where lines go, and what may be done there. Safe for concurrent use: all writing is under one lock. Does not own its
 * stream.
 */
public final class Terminal {

    /** The widest line that we print; wider ones are hard to read. */
    public static final int COLUMNS = 100;

    /** What a terminal has that does not say its width. */
    private static final int USUAL_COLUMNS = 80;

    /** Below this no table can be read, whatever is done. */
    private static final int LEAST_COLUMNS = 40;

    /** Erases from the cursor to the end of the line (ECMA-48, EL). */
    private static final String ERASE = "\033[K";

    /** Erases from the cursor to the end of the screen (ECMA-48, ED). */
    private static final String ERASE_BELOW = "\033[J";

    /** Colours of ECMA-48 that read well on dark and light ground. */
    public enum Style {
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private final PrintStream out;
    private final boolean interactive;
    private final boolean coloured;
    private final boolean unicode;
    private final int columns;
    /** How many lines the last {@code rewrite} drew; the cursor stands at the end of the last of them. */
    private int openLines;

    /**
     * @param interactive a person looks at it: lines may be rewritten
     * @param coloured colours are wanted
     * @param unicode block characters can be shown
     * @param columns its width
     */
    public Terminal(PrintStream out, boolean interactive, boolean coloured, boolean unicode, int columns) {
        this.out = out;
        this.interactive = interactive;
        this.coloured = coloured;
        this.unicode = unicode;
        this.columns = Math.max(LEAST_COLUMNS, Math.min(COLUMNS, columns));
    }

    /** The process's standard output. */
    public static Terminal ofStdout() {
        return of(FileDescriptor.out, 1);
    }

    /** The process's standard error. */
    public static Terminal ofStderr() {
        return of(FileDescriptor.err, 2);
    }

    /** Plain text without colours or rewritten lines. */
    public static Terminal plain(PrintStream out) {
        return new Terminal(out, false, false, false, COLUMNS);
    }

    private static Terminal of(FileDescriptor descriptor, int number) {
        Charset charset = charset();
        boolean interactive = isTerminal(number) && !"dumb".equals(System.getenv("TERM"));
        String noColour = System.getenv("NO_COLOR");
        return new Terminal(
                new PrintStream(new FileOutputStream(descriptor), true, charset),
                interactive,
                // The rule of no-color.org: any value but the empty one switches colours off.
                interactive && (noColour == null || noColour.isEmpty()),
                charset.newEncoder().canEncode('█'),
                interactive ? askColumns() : COLUMNS);
    }

    /** JDK 17 knows the terminal's encoding by one name, later ones by another. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", ""));
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return Charset.defaultCharset();
        }
    }

    /** Linux tells each stream apart; elsewhere the JDK only says whether both input and output are a terminal. */
    private static boolean isTerminal(int number) {
        Path link = Path.of("/proc/self/fd/" + number);
        if (Files.isSymbolicLink(link)) {
            try {
                String target = Files.readSymbolicLink(link).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException | SecurityException e) {
                return false;
            }
        }
        return System.console() != null;
    }

    /** {@code stty} knows; a shell rarely exports COLUMNS. One column stays free, or a full line would wrap. */
    private static int askColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return Integer.parseInt(answer.substring(answer.indexOf(' ') + 1)) - 1;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS - 1;
        }
    }

    /** How long a line may be: at most {@value #COLUMNS}. */
    public int columns() {
        return columns;
    }

    public boolean isInteractive() {
        return interactive;
    }

    public boolean isUnicode() {
        return unicode;
    }

    /** True once nobody reads any more, as after {@code | head}. */
    public boolean isBroken() {
        return out.checkError();
    }

    /** The text in a style, where colours are wanted. */
    public String paint(Style style, String text) {
        return coloured ? "\033[" + style.code + "m" + text + "\033[0m" : text;
    }

    /** Prints a line; an open line that {@link #rewrite} drew is wiped first. */
    public synchronized void print(String line) {
        wipe();
        out.println(line);
    }

    /** Prints a line of JSON as it is: UTF-8, whatever the terminal's encoding. */
    public synchronized void print(byte[] json) {
        wipe();
        out.write(json, 0, json.length);
        out.println();
    }

    /** Draws over what this method drew last. Only where a person looks; elsewhere it does nothing. */
    public synchronized void rewrite(String line) {
        rewrite(List.of(line));
    }

    /** The same with several lines, none wider than {@link #columns}: a wrapped one would take two. */
    public synchronized void rewrite(List<String> lines) {
        if (interactive && !lines.isEmpty()) {
            String cleared = lines.size() < openLines ? ERASE_BELOW : "";
            out.print(toFirstOpenLine() + String.join(ERASE + "\n", lines) + ERASE + cleared);
            out.flush();
            openLines = lines.size();
        }
    }

    private String toFirstOpenLine() {
        return openLines > 1 ? "\r\033[" + (openLines - 1) + "A" : "\r";
    }

    /** Ends the open line, if there is one, and leaves it standing or wipes it. */
    public synchronized void finishLine(@Nullable String last) {
        if (last == null) {
            wipe();
        } else {
            print(last);
        }
    }

    private void wipe() {
        if (openLines > 0) {
            out.print(toFirstOpenLine() + (openLines > 1 ? ERASE_BELOW : ERASE));
            openLines = 0;
        }
    }
}
