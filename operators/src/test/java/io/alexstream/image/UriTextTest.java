package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTextTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://a.com/x/y.png                       | https://a.com/x/y.png",
                "https://a.com/x.png?X-Amz-Signature=secret  | https://a.com/x.png?…",
                "https://a.com/x.png#secret                  | https://a.com/x.png?…",
                "https://a.com?secret/@b                     | https://a.com?…",
                "https://user:secret@a.com/x.png             | https://…@a.com/x.png",
                "https://user:secret@x@a.com/x.png           | https://…@a.com/x.png",
                "https://secret@a.com                        | https://…@a.com",
                "//secret@a.com/x                            | //…@a.com/x",
                "https:\\\\secret@a.com\\x                     | https:\\\\…@a.com\\x",
                "https://a.com/mail@b.com/x.png              | https://a.com/mail@b.com/x.png",
                "file:///data/a@b.jpg                        | file:///data/a@b.jpg",
                "no URI?secret                               | no URI?…",
            })
    void showsNeitherUserNorQuery(String uri, String shown) {
        assertThat(UriText.of(uri)).isEqualTo(shown);
    }

    @Test
    void neverShowsInlineContent() {
        assertThat(UriText.of("data:image/png;base64,secret")).isEqualTo("data:image/png,…");
        assertThat(UriText.of(" DATA:secret")).isEqualTo("data:…");
    }

    @Test
    void cutsWhatIsLongAndReplacesWhatCannotBePrinted() {
        assertThat(UriText.of("file:///" + "a".repeat(1000)))
                .hasSize(UriText.MAX_LENGTH)
                .endsWith("…");
        assertThat(UriText.of("file:///a\nb\u202Ec")).isEqualTo("file:///a?b?c");
    }
}
