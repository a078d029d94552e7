package io.alexstream.model.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.terminal.Columns.Align;
import io.alexstream.model.terminal.Columns.Column;
import java.util.List;
import org.junit.jupiter.api.Test;

class ColumnsTest {

    @Test
    void linesCellsUp() {
        Columns columns = Columns.of(
                new Column("ID", 6, Align.LEFT), new Column("PROB.", 7, Align.RIGHT), new Column("X", 3, Align.LEFT));

        assertThat(columns.header()).isEqualTo("ID        PROB.  X");
        assertThat(columns.line(List.of("a", "9.1 %", "no"))).isEqualTo("a         9.1 %  no");
        assertThat(columns.line(List.of("abcdefgh", "100.0 %", "longer"))).isEqualTo("abc...  100.0 %  ...");
    }

    @Test
    void fitsColumnsToTheirCellsWithinTheLine() {
        List<List<String>> rows = List.of(List.of("a", "x".repeat(200)), List.of("abc", "y"));
        Columns columns = Columns.fitting(
                40, List.of(new Column("T", 30, Align.LEFT), new Column("MESSAGE", 500, Align.LEFT)), rows);

        assertThat(columns.line(rows.get(0))).hasSize(40).startsWith("a    xxx").endsWith("...");
        assertThat(columns.line(rows.get(1))).isEqualTo("abc  y");
    }

    @Test
    void refusesAWrongNumberOfCells() {
        Columns columns = Columns.of(new Column("A", 1, Align.LEFT));

        assertThatThrownBy(() -> columns.line(List.of("a", "b"))).hasMessage("expected 1 cells, had 2");
    }
}
