package io.alexstream.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server that speaks HTTP properly; {@link HostileServerTest} has those that do not. */
class HttpFetchTest {

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final List<String> PROXY_PROPERTIES = List.of(
            "http.proxyHost",
            "http.proxyPort",
            "socksProxyHost",
            "socksProxyPort",
            "http.nonProxyHosts",
            "socksNonProxyHosts");

    private final List<Map<String, List<String>>> requests = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String root;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        root = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void fetchesABodyOfKnownLength() {
        answer("/a", 200, "picture");

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a?size=big")).asString(ISO_8859_1).isEqualTo("picture");
        }
    }

    @Test
    void fetchesABodyOfUnknownLength() {
        server.createContext("/a", exchange -> send(exchange, 200, "x".repeat(9_999), true));

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a")).hasSize(9_999);
        }
    }

    @Test
    void fetchesAnEmptyBody() {
        answer("/a", 200, "");

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a")).isEmpty();
        }
    }

    @Test
    void takesOnlyTheShareOfAKnownLength() {
        answer("/a", 200, "x".repeat(1024));

        try (Fetching fetching = Fetching.allowing(root)) {
            EncodedImage image = fetching.fetcher.fetch(root + "a");
            assertThat(fetching.fetcher.freeBytes()).isEqualTo(Fetching.BUDGET - 1024);
            image.close();
            image.close();
        }
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        answer("/fits", 200, "x".repeat(10_000));
        answer("/known", 200, "x".repeat(10_001));
        server.createContext("/unknown", exchange -> send(exchange, 200, "x".repeat(10_001), true));

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "fits")).hasSize(10_000);
            fetching.refused(root + "known", DeadLetterReason.IMAGE_TOO_LARGE);
            fetching.refused(root + "unknown", DeadLetterReason.IMAGE_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 206, 400, 401, 403, 404, 407, 410, 500, 503})
    void refusesEveryStatusBut200(int status) {
        answer("/a", status, status == 204 ? "" : "no picture");

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED))
                    .hasMessageStartingWith("the server answered " + status)
                    .hasMessageContaining(root + "a");
        }
        assertThat(requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        server.createContext("/a", exchange -> {
            exchange.getResponseHeaders().add("Location", root + "b");
            send(exchange, status, "", false);
        });
        answer("/b", 200, "picture");

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED))
                    .hasMessageContaining("redirects are not followed");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void asksPlainlyAndKeepsNoCookies() {
        server.createContext("/a", exchange -> {
            exchange.getResponseHeaders().add("Set-Cookie", "session=1");
            send(exchange, 200, "picture", false);
        });

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a")).hasSize(7);
            assertThat(fetching.bytes(root + "a")).hasSize(7);
        }
        assertThat(requests)
                .hasSize(2)
                .allSatisfy(
                        headers -> assertThat(headers).containsOnlyKeys("Host", "Accept", "User-agent", "Connection"));
    }

    @Test
    void refusesAnEncodingThatNobodyAskedFor() {
        encoded("/gzip", "gzip");
        encoded("/identity", "Identity");

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.refused(root + "gzip", DeadLetterReason.FETCH_FAILED))
                    .hasMessageContaining("content encoding 'gzip'");
            assertThat(fetching.bytes(root + "identity")).hasSize(7);
        }
    }

    private void encoded(String path, String encoding) {
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Encoding", encoding);
            send(exchange, 200, "picture", false);
        });
    }

    @Test
    void saysNothingOfASignatureInTheUri() {
        server.createContext("/a", exchange -> send(exchange, 404, "", false));

        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.refused(root + "a?X-Signature=secret", DeadLetterReason.FETCH_FAILED))
                    .hasMessageEndingWith(root + "a?…")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void triesAgainAfterServerErrorsAsOftenAsAllowed() {
        AtomicInteger asked = new AtomicInteger();
        server.createContext("/a", exchange -> send(exchange, asked.incrementAndGet() < 3 ? 503 : 200, "x", false));

        try (Fetching fetching = Fetching.with(Fetching.limits(Fetching.LONG, 1), root)) {
            fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED);
            assertThat(asked).hasValue(2);
            assertThat(fetching.bytes(root + "a")).hasSize(1);
        }
    }

    @Test
    void doesNotTryAgainAfterAnAnswerThatWillNotChange() {
        answer("/a", 404, "");

        try (Fetching fetching = Fetching.with(Fetching.limits(Fetching.LONG, 5), root)) {
            fetching.refused(root + "a", DeadLetterReason.FETCH_FAILED);
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void reachesALocalServerByNameOnlyIfTheNameIsLocalhost() {
        answer("/a", 200, "picture");
        int port = server.getAddress().getPort();
        String localhost = "http://localhost:" + port + "/";
        String other = "http://pictures.example:" + port + "/";
        HostResolver toLoopback = host -> InetAddress.getAllByName("127.0.0.1");

        try (Fetching fetching = Fetching.resolving(toLoopback, localhost, other)) {
            assertThat(fetching.bytes(localhost + "a")).hasSize(7);
            assertThat(fetching.refused(other + "a", DeadLetterReason.FORBIDDEN_URI))
                    .hasMessageContaining("private or local address");
        }
        assertThat(requests).hasSize(1);
    }

    @Test
    void refusesANameOfWhichOneAddressIsPrivate() {
        HostResolver mixed =
                host -> new InetAddress[] {InetAddress.getByName("93.184.215.14"), InetAddress.getByName("10.0.0.1")};

        try (Fetching fetching = Fetching.resolving(mixed, "http://pictures.example/")) {
            fetching.refused("http://pictures.example/a", DeadLetterReason.FORBIDDEN_URI);
        }
    }

    @Test
    void connectsToTheAddressThatWasCheckedAndAsksForTheName() {
        answer("/a", 200, "picture");
        AtomicInteger lookups = new AtomicInteger();
        String local = "http://localhost:" + server.getAddress().getPort() + "/";
        HostResolver once = host -> {
            lookups.incrementAndGet();
            return InetAddress.getAllByName("127.0.0.1");
        };

        try (Fetching fetching = Fetching.resolving(once, local)) {
            fetching.bytes(local + "a");
        }
        assertThat(lookups).hasValue(1);
        assertThat(requests.get(0).get("Host"))
                .containsExactly("localhost:" + server.getAddress().getPort());
    }

    @Test
    void goesOnToTheNextAddressWhereOneRefuses() {
        answer("/a", 200, "picture");
        String local = "http://localhost:" + server.getAddress().getPort() + "/";
        HostResolver firstRefuses = host ->
                new InetAddress[] {InetAddress.getAllByName("127.0.0.2")[0], InetAddress.getAllByName("127.0.0.1")[0]};

        try (Fetching fetching = Fetching.resolving(firstRefuses, local)) {
            assertThat(fetching.bytes(local + "a")).hasSize(7);
        }
    }

    @Test
    void reachesAHostGivenAsAnIpV6Address() throws IOException {
        HttpServer six;
        try {
            six = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(IPV6_LOOPBACK), 0), 0);
        } catch (IOException e) {
            Assumptions.abort("needs IPv6");
            return;
        }
        six.createContext("/a", exchange -> send(exchange, 200, "picture", false));
        six.start();
        String authority = "[::1]:" + six.getAddress().getPort();
        try (Fetching fetching = Fetching.allowing("http://" + authority)) {
            assertThat(fetching.bytes("http://" + authority + "/a")).hasSize(7);
            assertThat(requests.get(0).get("Host")).containsExactly(authority);
        } finally {
            six.stop(0);
        }
    }

    @Test
    void takesNoneOfTheJvmsProxies() {
        answer("/a", 200, "picture");
        for (String proxy : List.of("http.proxy", "socksProxy")) {
            System.setProperty(proxy + "Host", "127.0.0.1");
            System.setProperty(proxy + "Port", "1");
        }
        System.setProperty("http.nonProxyHosts", "");
        System.setProperty("socksNonProxyHosts", "");
        try (Fetching fetching = Fetching.allowing(root)) {
            assertThat(fetching.bytes(root + "a")).hasSize(7);
        } finally {
            for (String property : PROXY_PROPERTIES) {
                System.clearProperty(property);
            }
        }
    }

    private void answer(String path, int status, String body) {
        server.createContext(path, exchange -> send(exchange, status, body, false));
    }

    private void send(HttpExchange exchange, int status, String body, boolean chunked) throws IOException {
        try (exchange) {
            requests.add(Map.copyOf(exchange.getRequestHeaders()));
            byte[] bytes = body.getBytes(ISO_8859_1);
            exchange.sendResponseHeaders(status, chunked ? 0 : bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
