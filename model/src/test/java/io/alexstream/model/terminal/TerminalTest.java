package io.alexstream.model.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.terminal.Terminal.Style;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.US_ASCII);

    @Test
    void coloursOnlyWhereWanted() {
        assertThat(new Terminal(out, true, true, true, 100).paint(Style.RED, "no"))
                .isEqualTo("\033[31mno\033[0m");
        assertThat(new Terminal(out, true, false, true, 100).paint(Style.RED, "no"))
                .isEqualTo("no");
    }

    @Test
    void wipesTheOpenLineBeforeTheNext() {
        Terminal terminal = new Terminal(out, true, false, true, 100);
        terminal.rewrite("half");
        terminal.print("whole");

        assertThat(text()).isEqualTo("\rhalf\033[K\r\033[Kwhole" + System.lineSeparator());
    }

    @Test
    void drawsSeveralLinesOverThemselves() {
        Terminal terminal = new Terminal(out, true, false, true, 100);
        terminal.rewrite(List.of("a", "b", "c"));
        terminal.rewrite(List.of("d", "e"));
        terminal.print("end");

        assertThat(text())
                .isEqualTo("\ra\033[K\nb\033[K\nc\033[K" + "\r\033[2Ad\033[K\ne\033[K\033[J" + "\r\033[1A\033[Jend"
                        + System.lineSeparator());
    }

    @Test
    void rewritesNothingInALog() {
        Terminal terminal = Terminal.plain(out);
        terminal.rewrite("half");
        terminal.print("whole");

        assertThat(text()).isEqualTo("whole" + System.lineSeparator());
    }

    @Test
    void printsJsonInUtf8WhateverTheTerminal() {
        Terminal.plain(out).print("{\"id\":\"ä\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).startsWith("{\"id\":\"ä\"}");
    }

    private String text() {
        return bytes.toString(StandardCharsets.US_ASCII);
    }
}
