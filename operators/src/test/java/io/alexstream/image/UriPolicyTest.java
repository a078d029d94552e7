package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriPolicyTest {

    private static final UriPolicy POLICY = UriPolicy.of(List.of(
            "data:",
            "file:///data/images/",
            "/mnt/photos",
            "https://a.com/",
            "https://b.com:8443/cats/",
            "http://c.com/with%20space",
            "http://10.1.2.3/",
            "http://[fd00::1]:81/",
            "http://image_server:9000/",
            "s3://bucket/prefix/",
            "hdfs://nn:8020/x",
            "hdfs:///y",
            "abfss://box@account.dfs.core.windows.net/z"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data:image/png;base64,AAAA",
                "DATA:,x",
                "file:///data/images/a.jpg",
                "file:/data/images/a.jpg",
                "FILE:///data/images/deep/er/a%20b.jpg",
                "file:///mnt/photos/größe.png",
                "file:///mnt/photos/..hidden..jpg",
                "https://a.com",
                "https://a.com/x/y.png?size=1&token=a%2Fb#part",
                "https://A.COM:443/x",
                "HTTPS://a.com/images%2Fa.jpg",
                "https://a.com/100%25/a.jpg",
                "https://b.com:8443/cats/1.jpg",
                "https://b.com:8443/cats",
                "http://c.com/with%20space/a",
                "http://10.1.2.3/a",
                "http://[FD00::1]:81/a",
                "http://image_server:9000/a",
                "s3://bucket/prefix/a/b.jpg",
                "hdfs://nn:8020/x/a",
                "hdfs:///y/a",
                "abfss://box@account.dfs.core.windows.net/z/a"
            })
    void allowsWhatLiesUnderAnEntry(String uri) {
        assertThatCode(() -> POLICY.admit(uri)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.com.evil/x",
                "https://evil.a.com/x",
                "https://a.com:8443/x",
                "https://a.com:80/x",
                "http://a.com/x",
                "https://a.com./x",
                "https://b.com/cats/1.jpg",
                "https://b.com:8443/",
                "https://b.com:8443/catsandmore/1.jpg",
                "https://b.com:8443/Cats/1.jpg",
                "https://b.com:8443/cats%2F1.jpg",
                "https://b.com:8443//cats/1.jpg",
                "http://10.1.2.30/a",
                "http://[fd00::1]/a",
                "http://[0:0:0:0:0:0:0:1]/a",
                "file:///data/images-evil/a.jpg",
                "file:///data/image/a.jpg",
                "file:///data/a.jpg",
                "file:///DATA/images/a.jpg",
                "file:///",
                "s3://bucket/prefix2/a",
                "s3://bucket2/prefix/a",
                "s3a://bucket/prefix/a",
                "s3://bucket:80/prefix/a",
                "s3://x@bucket/prefix/a",
                "s3:///prefix/a",
                "hdfs://other:8020/x/a",
                "hdfs://nn/x/a",
                "hdfs:///x/a",
                "abfss://account.dfs.core.windows.net/z/a",
                "ftp://a.com/x",
                "jar:file:///data/images/a.jar!/b",
                "javascript:alert(1)"
            })
    void forbidsWhatOnlyLooksAllowed(String uri) {
        forbidden(uri);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///data/images/../secret | .. segment",
                "file:///data/images/a/../b | .. segment",
                "file:///data/images/./a | .. segment",
                "file:///data/images/%2e%2e/secret | .. segment",
                "file:///data/images/.%2E/secret | .. segment",
                "file:///data/images/%252e%252e/secret | .. segment",
                "file:///data/images/..%2fsecret | encoded slash",
                "file:///data/images/..%5csecret | encoded slash or backslash",
                "file:///data/images/a%00.jpg | control character",
                "file:///data/images/a%0d%0a | control character",
                "file:///data/images/a?b | query",
                "file:///data/images/a#b | query or fragment",
                "file://host/data/images/a.jpg | names a host",
                "file://localhost/data/images/a.jpg | names a host",
                "file:foo | no path",
                "file:data/images/a.jpg | no path",
                "file: | not a URI",
                "s3://bucket/prefix/../a | .. segment",
                "s3://bucket/prefix/a?versionId=1 | query",
                "https://b.com:8443/cats/../dogs | .. segment",
                "https://b.com:8443/cats/%2e%2e/dogs | .. segment",
                "https://b.com:8443/cats/%252E%252e/dogs | .. segment",
                "https://b.com:8443/cats/..%2fdogs | .. segment",
                "https://b.com:8443/cats/a%5c..%5cdogs | .. segment",
                "https://b.com:8443/cats/..;x=1/dogs | .. segment",
                "https://a.com@evil.com/x | user information",
                "https://a.com:443@evil.com/x | user information",
                "https://user:pass@a.com/x | user information",
                "https://a.com%40evil.com/x | no valid host",
                "https://a.com%2eevil/x | no valid host",
                "https://a.com,evil.com/x | no valid host",
                "https://[::1%25eth0]/x | no valid host",
                "https://a..com/x | no valid host",
                "https:///x | no valid host",
                "https://a.com:0/x | port",
                "https://a.com:65536/x | port",
                "https://a.com:/x | no valid host",
                "https://a.com\\@evil.com/x | backslash",
                "https:\\\\a.com/x | backslash",
                "http://2130706433/ | number as host",
                "http://017700000001/ | number as host",
                "http://0x7f000001/ | number as host",
                "http://0x7f.1/ | number as host",
                "http://127.1/ | number as host",
                "http://010.1.2.3/ | number as host",
                "http://256.1.2.3/ | number as host",
                "http://10.1.2.3.4/ | number as host",
                "https://a.com/a b | space",
                "https://a.com/a\tb | control",
                "https://a.com/%zz | not a URI",
                "/data/images/a.jpg | no scheme",
                "images/a.jpg | no scheme",
                "//a.com/x | no scheme",
                "'' | no scheme",
                "mailto:a@a.com | no path"
            })
    void saysWhyATrickyUriIsForbidden(String uri, String why) {
        assertThat(forbidden(uri)).hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\0", "\u007f", "\u0085", "\u2028", "\u3000"})
    void forbidsControlCharactersAndSpacesAnywhere(String character) {
        forbidden(character + "https://a.com/x");
        forbidden("https://a.com/x" + character);
        forbidden("https://a" + character + ".com/x");
    }

    @Test
    void forbidsDataUnlessListed() {
        UriPolicy policy = UriPolicy.of(List.of("https://a.com/"));

        assertThatThrownBy(() -> policy.admit("data:image/png;base64,SECRETSECRET"))
                .isInstanceOf(ImageException.class)
                .hasMessageNotContaining("SECRET");
    }

    @Test
    void allowsNothingWithoutEntries() {
        assertThatThrownBy(() -> UriPolicy.of(List.of()).admit("file:///a")).isInstanceOf(ImageException.class);
        assertThat(UriPolicy.of(List.of()).schemes()).isEmpty();
    }

    @Test
    void allowsEveryFileUnderTheRootFolder() {
        UriPolicy everything = UriPolicy.of(List.of("file:///"));

        assertThatCode(() -> everything.admit("file:///etc/x")).doesNotThrowAnyException();
    }

    @Test
    void forbidsHostsOfAbsurdLength() {
        assertThat(forbidden("https://" + "a.".repeat(4000) + "com/")).hasMessageContaining("host that is too long");
    }

    @Test
    void forbidsUrisOfAbsurdLength() {
        assertThat(forbidden("https://a.com/" + "x".repeat(8180))).hasMessageContaining("longer than 8192");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "images",
                "./images",
                "https",
                "https:",
                "https://",
                "https://*.a.com/",
                "https://user@a.com/",
                "http://127.1/",
                "http://0x7f.1/",
                "https://a.com/?x=1",
                "https://a.com/#x",
                "https://a.com/../x",
                "https://a.com:99999/",
                "file:images/",
                "file://host/images/",
                "file:///data/../images/",
                "/data/../images",
                "s3:bucket",
                "data",
                "data:image/png",
                "mailto:a@b"
            })
    void refusesAnEntryThatIsNone(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UriPolicy.of(List.of("data:", entry)))
                .withMessageContaining("'" + entry + "'")
                .withMessageContaining("expected data:, a folder such as")
                .withMessageNotContaining("\n");
    }

    private static ImageException forbidden(String uri) {
        try {
            POLICY.admit(uri);
        } catch (ImageException e) {
            assertThat(e.reason()).isEqualTo(DeadLetterReason.FORBIDDEN_URI);
            assertThat(e.stage()).isEqualTo(Stage.FETCH);
            assertThat(e.getMessage()).hasSizeLessThan(400).doesNotContainPattern("\\p{Cntrl}");
            return e;
        }
        throw new AssertionError("allowed " + uri);
    }
}
