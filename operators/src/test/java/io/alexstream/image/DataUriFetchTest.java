package io.alexstream.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataUriFetchTest {

    private final Fetching fetching = Fetching.allowing("data:");

    @AfterEach
    void close() {
        fetching.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "data:image/png;base64,aGVsbG8= | hello",
                "data:image/png;base64,aGVsbG8 | hello",
                "data:image/png;base64,aGVsbG8%3D | hello",
                "data:;base64,aGVsbG8= | hello",
                "data:text/plain;charset=utf-8;BASE64,aGVsbG8= | hello",
                "DATA:,hello | hello",
                "data:,a%20b%2Cc,d | a b,c,d",
                "data:image/gif,%ff%41 | \u00ffA"
            })
    void decodesBothForms(String uri, String content) {
        assertThat(fetching.bytes(uri)).isEqualTo(content.getBytes(ISO_8859_1));
    }

    @Test
    void decodesEveryByte() {
        byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }

        assertThat(fetching.bytes("data:image/png;base64," + Base64.getEncoder().encodeToString(bytes)))
                .isEqualTo(bytes);
        assertThat(fetching.bytes("data:,")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:",
                "data:image/png;base64",
                "data:image/png;base64,SECRET!!",
                "data:image/png;base64,SECRE",
                "data:image/png;base64,SECRET\nSECRET",
                "data:image/png;base64,SECRET==SECRET",
                "data:,SECRET%",
                "data:,SECRET%4",
                "data:,SECRET%zz",
                "data:,SECRET é",
                "data:,SECRET\u0661"
            })
    void callsUndecodableContentMalformedAndDoesNotQuoteIt(String uri) {
        assertThat(fetching.refused(uri, DeadLetterReason.MALFORMED_REFERENCE, Stage.PARSE))
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void boundsTheLengthOfTheUri() {
        String longest = "data:," + "x".repeat((int) Fetching.MAX_INLINE - 6);

        assertThat(fetching.bytes(longest)).hasSize((int) Fetching.MAX_INLINE - 6);
        assertThat(fetching.refused(longest + "x", DeadLetterReason.IMAGE_TOO_LARGE))
                .hasMessageContaining("2000")
                .hasMessageNotContaining("xxxx");
    }

    @Test
    void boundsTheBytesToo() {
        FetchLimits small = new FetchLimits(5, 2_000, Duration.ofSeconds(1), 0, Fetching.BUDGET);
        try (Fetching strict = Fetching.with(small, "data:")) {
            assertThat(strict.bytes("data:,12345")).hasSize(5);
            strict.refused("data:,123456", DeadLetterReason.IMAGE_TOO_LARGE);
        }
    }
}
