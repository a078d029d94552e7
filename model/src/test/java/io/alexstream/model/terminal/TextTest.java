package io.alexstream.model.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTest {

    @Test
    void takesControlCharactersOutOfStrangersText() {
        assertThat(Text.plain("a\033[2Jb\u202Ec\r\nd\u0007"))
                .isEqualTo("a?[2Jb?c  d?")
                .doesNotContain("\033");
    }

    @Test
    void measuresWideCharactersAsTwoColumns() {
        assertThat(Text.width("漢字ab")).isEqualTo(6);
        assertThat(Text.width("e\u0301")).isEqualTo(1);
        assertThat(Text.width("😀")).isEqualTo(2);
    }

    @Test
    void cutsTextAndSaysSo() {
        assertThat(Text.cut("abcdefgh", 8)).isEqualTo("abcdefgh");
        assertThat(Text.cut("abcdefghi", 8)).isEqualTo("abcde...");
        assertThat(Text.width(Text.cut("漢字漢字漢字", 8))).isLessThanOrEqualTo(8);
        assertThat(Text.cut("abcdef", 2)).isEqualTo("..");
    }

    @Test
    void keepsBothEndsOfAPath() {
        String cut = Text.cutMiddle("animals/very/long/folder/names/cat-000123.jpg", 24);

        assertThat(cut).hasSize(24).startsWith("animal").contains("...").endsWith("cat-000123.jpg");
        assertThat(Text.cutMiddle("short.jpg", 24)).isEqualTo("short.jpg");
    }
}
