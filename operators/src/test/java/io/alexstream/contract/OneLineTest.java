package io.alexstream.contract;

import static io.alexstream.contract.ReadableMessage.ONE_SHORT_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @Test
    void leavesReadableTextAsItIs() {
        String text = "größer als 5 – „日本語“ 🦆";

        assertThat(OneLine.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n", "\r", "\t", "\0", "\u001b", "\u007f", "\u0085", "\u2028", "\u2029", "\u202e", "\ufeff", "\ud800"
            })
    void showsUnprintableCharactersAsQuestionMarks(String unprintable) {
        assertThat(OneLine.of("a" + unprintable + "b")).isEqualTo("a?b").is(ONE_SHORT_LINE);
    }

    @Test
    void keepsTextOfExactlyTheLongestLength() {
        assertThat(OneLine.of("x".repeat(300))).isEqualTo("x".repeat(300));
        assertThat(OneLine.of("x".repeat(298) + "🦆")).isEqualTo("x".repeat(298) + "🦆");
    }

    @Test
    void cutsLongerTextAndSaysSo() {
        assertThat(OneLine.of("x".repeat(301))).isEqualTo("x".repeat(299) + "…");
    }

    @Test
    void neverCutsThroughASurrogatePair() {
        assertThat(OneLine.of("x".repeat(298) + "🦆🦆"))
                .isEqualTo("x".repeat(298) + "…")
                .is(ONE_SHORT_LINE);
    }
}
