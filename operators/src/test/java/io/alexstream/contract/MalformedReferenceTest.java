package io.alexstream.contract;

import static io.alexstream.contract.ReadableMessage.ONE_SHORT_LINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class MalformedReferenceTest {

    private static void assertRefused(byte @Nullable [] value, String why) {
        assertThatExceptionOfType(MalformedReferenceException.class)
                .isThrownBy(() -> ImageReferenceJson.parse(value, "images-0-0", null))
                .satisfies(e -> assertThat(e.getMessage()).is(ONE_SHORT_LINE).contains(why));
    }

    private static void assertRefused(String json, String why) {
        assertRefused(json.getBytes(StandardCharsets.UTF_8), why);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\n\n", "\ufeff"})
    void refusesATombstoneAndAnEmptyValue(@Nullable String value) {
        assertRefused(value == null ? null : value.getBytes(StandardCharsets.UTF_8), "the value is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]|array",
                "[{\"uri\":\"a\"}]|array",
                "\"a\"|string",
                "5|number",
                "-1.5|number",
                "true|boolean",
                "null|null"
            })
    void refusesWhatIsNoObject(String json, String kind) {
        assertRefused(json, "must be a JSON object, is " + kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///data/a.jpg",
                "<xml/>",
                "{\"uri\":\"a\"",
                "{\"uri\":\"a",
                "{\"uri\":\"a\",}",
                "{'uri':'a'}",
                "{uri:\"a\"}",
                "{\"uri\":\"a\"} x",
                "{\"uri\":\"a\",\"n\":NaN}",
                "{\"uri\":\"a\",\"n\":01}",
                "{\"uri\":\"a\\q\"}",
                "{\"uri\":\"a\nb\"}",
                "{\"uri\":\"a\"/*b*/}",
                "\0\0\0\0"
            })
    void refusesWhatIsNotJson(String text) {
        assertRefused(text, "the value is not JSON: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"uri\":\"a\"}{}", "{\"uri\":\"a\"}\n{\"uri\":\"b\"}", "{\"uri\":\"a\"} 5", "{\"uri\":\"a\"}[]"
            })
    void refusesMoreThanOneObject(String json) {
        assertRefused(json, "more text follows");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"URI\":\"a\"}",
                "{\"uri\":null}",
                "{\"uri\":\"\"}",
                "{\"uri\":\" \\t\\u2003\"}",
                "{\"uri\":\"a\",\"uri\":null}"
            })
    void refusesAMissingOrBlankUri(String json) {
        assertRefused(json, "field 'uri' is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"uri\":5}|field 'uri' must be a string, is number",
                "{\"uri\":[\"a\"]}|field 'uri' must be a string, is array",
                "{\"uri\":{\"a\":\"b\"}}|field 'uri' must be a string, is object",
                "{\"uri\":true}|field 'uri' must be a string, is boolean",
                "{\"uri\":\"a\",\"id\":5}|field 'id' must be a string, is number",
                "{\"uri\":\"a\",\"timestamp\":1764000000000}|field 'timestamp' must be a string, is number",
                "{\"uri\":\"a\",\"attributes\":[]}|field 'attributes' must be an object of strings, is array",
                "{\"uri\":\"a\",\"attributes\":\"x\"}|field 'attributes' must be an object of strings, is string",
                "{\"uri\":\"a\",\"attributes\":{\"k\":7}}|field 'attributes.k' must be a string, is number",
                "{\"uri\":\"a\",\"attributes\":{\"k\":null}}|field 'attributes.k' must be a string, is null",
                "{\"uri\":\"a\",\"attributes\":{\"k\":{}}}|field 'attributes.k' must be a string, is object"
            })
    void namesTheFieldOfTheWrongKind(String json, String why) {
        assertRefused(json, why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "2026-11-23",
                "2026-11-23T10:15:30",
                "2026-11-23 10:15:30Z",
                "2026-02-29T00:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-11-23T24:00:00Z",
                "2026-11-23T10:15:30+19:00",
                "2026-11-23T10:15:30.1234567891Z",
                "+10000-01-01T00:00:00Z",
                "+999999999-12-31T23:59:59-18:00",
                "-0001-01-01T00:00:00Z",
                "9999-12-31T23:59:59-18:00",
                "0000-01-01T00:00:00+18:00"
            })
    void refusesTimestampsThatAreNoneOrThatNoEventCanCarry(String timestamp) {
        assertRefused("{\"uri\":\"a\",\"timestamp\":\"" + timestamp + "\"}", "field 'timestamp' must be");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uri\":\"\\ud800\"}",
                "{\"uri\":\"\\udc00a\"}",
                "{\"uri\":\"\\udc00\\ud800\"}",
                "{\"uri\":\"a\",\"id\":\"b\\ud800\"}",
                "{\"uri\":\"a\",\"attributes\":{\"k\":\"\\ud800x\"}}"
            })
    void refusesHalfASurrogatePair(String json) {
        assertRefused(json, "half a surrogate pair");
    }

    static Stream<byte[]> notUtf8() {
        return Stream.of(
                        "7b22757269223a22ff227d", // a byte that UTF-8 never has
                        "7b22757269223a22c080227d", // NUL, overlong
                        "7b22757269223a22eda080227d", // an encoded half of a surrogate pair
                        "7b22757269223a22f4908080227d", // beyond the last code point
                        "7b22757269223a22e282", // cut inside a character
                        "ffd8ffe000104a464946") // a JPEG
                .map(HexFormat.of()::parseHex);
    }

    @ParameterizedTest
    @MethodSource("notUtf8")
    void refusesBytesThatAreNotUtf8(byte[] value) {
        assertRefused(value, "the bytes are not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void refusesOtherEncodingsOfUnicode(String charset) {
        assertRefused("{\"uri\":\"a\"}".getBytes(Charset.forName(charset)), "the value is not JSON");
    }

    static Stream<Arguments> hostileLengths() {
        int million = 1_000_000;
        return Stream.of(
                arguments("token", "x".repeat(million), "not JSON"),
                arguments("nesting", "{\"uri\":\"a\",\"n\":" + "[".repeat(million), "nesting"),
                arguments("objects", "{\"n\":".repeat(million), "nesting"),
                arguments("closed nesting", "{\"n\":" + "[".repeat(32) + "]".repeat(32) + ",\"uri\":\"a\"}", "nesting"),
                arguments("number", "{\"uri\":\"a\",\"n\":" + "9".repeat(million) + "}", "Number"),
                arguments("name", "{\"uri\":\"a\",\"" + "n".repeat(million) + "\":1}", "Name"),
                arguments("id", "{\"uri\":\"a\",\"id\":\"" + "i".repeat(65_536) + "\"}", "id, uri and attributes hold"),
                arguments("uri", "{\"uri\":\"http:" + "u".repeat(900_000) + "\"}", "id, uri and attributes hold"),
                arguments("attribute", "{\"uri\":\"a\",\"attributes\":{\"k\":\"" + "v".repeat(65_536) + "\"}}", "hold"),
                arguments("timestamp", "{\"uri\":\"a\",\"timestamp\":\"" + "2".repeat(million) + "\"}", "timestamp"),
                arguments(
                        "attribute name",
                        "{\"uri\":\"a\",\"attributes\":{\"" + "\\n".repeat(9000) + "\":1}}",
                        "attributes.???"),
                arguments("value", "{\"uri\":\"data:," + "x".repeat(16 << 20) + "\"}", "at most 16777216 are read"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileLengths")
    void refusesHostileLengthsInAShortLine(String what, String json, String why) {
        assertRefused(json, why);
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void hasNoThirdOutcomeForDamagedBytes(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] whole =
                ("{\"id\":\"c\\u00e4\",\"uri\":\"file:///d/ä.jpg\",\"timestamp\":\"2026-11-23T10:15:30.123+02:00\","
                                + "\"attributes\":{\"camera\":\"7\",\"🦆\":\"\"},\"new\":[1.5e3,{\"x\":[true,null]}]}")
                        .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 400; round++) {
            byte[] damaged = Arrays.copyOf(whole, random.nextInt(4) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int hits = random.nextInt(1, 4); hits > 0 && damaged.length > 0; hits--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(ImageReferenceJson.parse(damaged, "id", Instant.EPOCH)
                                .uri())
                        .isNotBlank();
            } catch (MalformedReferenceException e) {
                assertThat(e.getMessage()).is(ONE_SHORT_LINE);
            }
        }
    }
}
