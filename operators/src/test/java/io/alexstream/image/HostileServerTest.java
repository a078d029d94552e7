package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break off, lie, dawdle or never answer: each fetch ends, in time, with the right reason. */
@Timeout(60)
class HostileServerTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    /** A generous bound for a fetch that must end after {@link #SHORT}, far below what a single wait would take. */
    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void endsAnExchangeThatNeverAnswers() throws Exception {
        timesOut(connection -> connection.fallSilent());
    }

    @Test
    void endsATrickleOfHeaders() throws Exception {
        timesOut(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nX: ");
            connection.trickle("y");
        });
    }

    @Test
    void endsATrickleOfInterimAnswers() throws Exception {
        timesOut(connection -> connection.trickle("HTTP/1.1 100 Continue\r\n\r\n"));
    }

    @Test
    void endsATrickleOfABodyOfKnownLength() throws Exception {
        timesOut(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n");
            connection.trickle("y");
        });
    }

    @Test
    void endsATrickleOfChunks() throws Exception {
        timesOut(connection -> {
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            connection.trickle("1\r\ny\r\n");
        });
    }

    @Test
    void endsATlsHandshakeThatDawdles() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.Connection::fallSilent);
                Fetching fetching = Fetching.with(Fetching.limits(SHORT, 3), server.uri("https"))) {
            timesOut(fetching, server.uri("https") + "a");
        }
    }

    @Test
    void endsAConnectionThatIsNeverAccepted() throws Exception {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String uri = "http://127.0.0.1:" + server.getLocalPort() + "/";
            for (int i = 0; i < 4; i++) {
                Socket socket = new Socket();
                filling.add(socket);
                // Once the backlog is full, further connections are left waiting.
                connectUnlessFull(socket, server);
            }
            try (Fetching fetching = Fetching.with(Fetching.limits(SHORT, 3), uri)) {
                timesOut(fetching, uri + "a");
            }
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    @Test
    void endsALookUpThatNeverEnds() {
        CountDownLatch testEnds = new CountDownLatch(1);
        HostResolver stuck = host -> {
            try {
                testEnds.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new InetAddress[0];
        };
        UriPolicy policy = UriPolicy.of(List.of("http://pictures.example/"));
        try (ImageFetcher fetcher = new ImageFetcher(policy, Fetching.limits(SHORT, 0), stuck)) {
            assertThatThrownBy(() -> fetcher.fetch("http://pictures.example/a"))
                    .isInstanceOfSatisfying(
                            ImageException.class,
                            e -> assertThat(e.reason()).isEqualTo(DeadLetterReason.FETCH_TIMEOUT));
        } finally {
            testEnds.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n",
                ""
            })
    void failsOnAnAnswerThatIsNone(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.send(answer);
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            fetching.refused(server.uri() + "a", DeadLetterReason.FETCH_FAILED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Long: %s\r\n", "X: y\r\n"})
    void failsOnHeadersWithoutEnd(String header) throws Exception {
        String endless = header.formatted("y".repeat(100_000));
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 200 OK\r\n");
                    for (int i = 0; i < 10_000; i++) {
                        connection.send(endless);
                    }
                    connection.fallSilent();
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            fetching.refused(server.uri() + "a", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void failsOnAResetConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.reset();
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            fetching.refused(server.uri() + "a", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void failsWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        try (Fetching fetching = Fetching.allowing("http://127.0.0.1:" + port)) {
            fetching.refused("http://127.0.0.1:" + port + "/a", DeadLetterReason.FETCH_FAILED);
        }
    }

    @Test
    void hangsUpOnABodyThatIsAnnouncedTooLarge() throws Exception {
        CompletableFuture<Void> hungUp = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n");
                    connection.awaitHangUp();
                    hungUp.complete(null);
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            fetching.refused(server.uri() + "a", DeadLetterReason.IMAGE_TOO_LARGE);
            hungUp.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void hangsUpOnABodyThatNeverEnds() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 200 OK\r\n\r\n");
                    connection.trickle("y".repeat(3_000));
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            fetching.refused(server.uri() + "a", DeadLetterReason.IMAGE_TOO_LARGE);
        }
    }

    @Test
    void asksAgainOnceWhereTheServerClosedTheConnectionItHadKept() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
                    connection.request();
                    // and no answer to the second
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            assertThat(fetching.bytes(server.uri() + "a")).hasSize(1);
            assertThat(fetching.bytes(server.uri() + "a")).hasSize(1);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void keepsOneConnectionForManyImages() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    while (connection.request() != null) {
                        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx");
                    }
                });
                Fetching fetching = Fetching.allowing(server.uri())) {
            for (int i = 0; i < 20; i++) {
                assertThat(fetching.bytes(server.uri() + i)).hasSize(1);
            }
            assertThat(server.connections).hasValue(1);
        }
    }

    @Test
    void endsWithCancellationWhenItsThreadIsInterrupted() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = silentAfter(asked);
                Fetching fetching = Fetching.allowing(server.uri())) {
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            AtomicReference<Boolean> flag = new AtomicReference<>();
            Thread thread = new Thread(() -> {
                thrown.set(catchThrowable(() -> fetching.fetcher.fetch(server.uri() + "a")));
                flag.set(Thread.currentThread().isInterrupted());
            });
            thread.start();
            asked.await();
            thread.interrupt();
            thread.join(SOON.toMillis());
            assertThat(thrown.get()).isInstanceOf(CancellationException.class);
            assertThat(flag.get()).isTrue();
        }
    }

    @Test
    void endsWithCancellationWhenTheFetcherCloses() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = silentAfter(asked);
                Fetching fetching = Fetching.with(Fetching.limits(Fetching.LONG, 3), server.uri())) {
            CompletableFuture<Throwable> thrown = CompletableFuture.supplyAsync(
                    () -> catchThrowable(() -> fetching.fetcher.fetch(server.uri() + "a")));
            asked.await();
            fetching.fetcher.close();
            assertThat(thrown.get(SOON.toMillis(), TimeUnit.MILLISECONDS)).isInstanceOf(CancellationException.class);
            assertThatThrownBy(() -> fetching.fetcher.fetch(server.uri() + "a"))
                    .isInstanceOf(CancellationException.class);
        }
    }

    private static void connectUnlessFull(Socket socket, ServerSocket server) throws IOException {
        try {
            socket.connect(server.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException e) {
            // the backlog is full
        }
    }

    private static ScriptedServer silentAfter(CountDownLatch asked) throws IOException {
        return new ScriptedServer(connection -> {
            connection.request();
            asked.countDown();
            connection.fallSilent();
        });
    }

    private static void timesOut(ScriptedServer.Script script) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
                    connection.request();
                    script.run(connection);
                });
                Fetching fetching = Fetching.with(Fetching.limits(SHORT, 3), server.uri())) {
            timesOut(fetching, server.uri() + "a");
        }
    }

    private static void timesOut(Fetching fetching, String uri) {
        long start = System.nanoTime();
        assertThat(fetching.refused(uri, DeadLetterReason.FETCH_TIMEOUT)).hasMessageContaining("within 300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SOON);
    }
}
