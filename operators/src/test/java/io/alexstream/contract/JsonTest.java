package io.alexstream.contract;

import static io.alexstream.contract.ReadableMessage.ONE_SHORT_LINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTest {

    private static void assertRefused(byte[] json, String why) {
        assertThatIOException()
                .isThrownBy(() -> Json.fromBytes(json, ModelUpdate.class))
                .satisfies(e -> assertThat(e.getMessage()).is(ONE_SHORT_LINE).contains(why));
    }

    private static void assertRefused(String json, String why) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8), why);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "null|expected a JSON object, found null",
                "5|Cannot construct instance of `io.alexstream.contract.ModelUpdate`",
                "[]|from Array value",
                "{|Unexpected end-of-input",
                "x|Unrecognized token 'x'"
            })
    void saysInOneLineWhatIsNoRecord(String json, String why) {
        assertRefused(json, why);
    }

    @Test
    void refusesNoBytes() {
        assertRefused("", "No content");
        assertRefused("\ufeff ", "No content");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertRefused(HexFormat.of().parseHex("7b22ff227d"), "not UTF-8");
    }

    static Stream<String> hostile() {
        return Stream.of(
                "{\"version\":\"" + "9\\n".repeat(100_000) + "\"}",
                "{\"version\":8,\"publishedAt\":\"" + "\\u001b[2J\\u202e".repeat(100_000) + "\"}",
                "{\"version\":{\"" + "\\r\\n".repeat(10_000) + "\":1}}",
                "{\"version\":" + "[".repeat(100_000) + "}",
                "t".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void keepsItsMessageShortWhateverTheBytesHold(String json) {
        assertRefused(json, "");
    }

    /** What a log prints besides the message: the cause would quote the bytes again, uncut. */
    @ParameterizedTest
    @MethodSource("hostile")
    void carriesNoCauseThatQuotesTheBytes(String json) {
        assertThatIOException()
                .isThrownBy(() -> Json.fromBytes(json.getBytes(StandardCharsets.UTF_8), ModelUpdate.class))
                .withNoCause();
    }

    @Test
    void refusesTextBehindTheRecord() {
        byte[] json = "{\"id\":\"1\",\"uri\":\"a\",\"label\":\"b\"} {}".getBytes(StandardCharsets.UTF_8);

        assertThatIOException()
                .isThrownBy(() -> Json.fromBytes(json, ImageLabel.class))
                .withMessageStartingWith("Trailing token");
    }

    @Test
    void readsARecordBehindAByteOrderMark() throws Exception {
        byte[] json = "\ufeff{\"id\":\"1\",\"uri\":\"a\",\"label\":\"b\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.fromBytes(json, ImageLabel.class)).isEqualTo(new ImageLabel("1", "a", "b"));
    }
}
