package io.alexstream.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import io.alexstream.contract.DeadLetterReason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads and little memory. */
@Timeout(60)
class ImageFetcherConcurrencyTest {

    private static final int THREADS = 12;
    private static final int FETCHES = 60;

    @TempDir
    private Path folder;

    private final AtomicLong heldBytes = new AtomicLong();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void neverHoldsMoreThanTheBudgetAndGivesAllBack(long seed) throws Exception {
        HttpServer server = startServer();
        String web = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        for (int size : new int[] {0, 1000, 5000, 10_000, 10_001}) {
            Files.write(folder.resolve("" + size), new byte[size]);
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Fetching fetching = Fetching.allowing("data:", folder.toString(), web)) {
            List<Future<?>> running = new ArrayList<>();
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom own = random.split();
                running.add(threads.submit(() -> fetchAtRandom(fetching.fetcher, web, own)));
            }
            for (Future<?> each : running) {
                each.get(50, TimeUnit.SECONDS);
            }
            assertThat(heldBytes).hasValue(0);
        } finally {
            threads.shutdownNow();
            server.stop(0);
        }
    }

    @Test
    void waitsForMemoryWithoutTakingTheImagesTime() throws Exception {
        Path file = Files.write(folder.resolve("a"), new byte[5]);
        Duration timeout = Duration.ofMillis(50);
        try (Fetching fetching = Fetching.with(Fetching.limits(timeout, 0), folder.toString())) {
            List<EncodedImage> all = takeAllMemory(fetching.fetcher);
            AtomicReference<Object> outcome = new AtomicReference<>();
            Thread thread =
                    started(() -> outcome.set(fetching.bytes(file.toUri().toString()).length));
            awaitWaiting(thread);
            thread.join(timeout.toMillis() * 4);
            assertThat(thread.isAlive()).isTrue();

            all.forEach(EncodedImage::close);
            thread.join();

            assertThat(outcome).hasValue(5);
        }
    }

    @Test
    void endsWithCancellationWhenInterruptedWhileItWaitsForMemory() throws Exception {
        Path file = Files.write(folder.resolve("a"), new byte[5]);
        try (Fetching fetching = Fetching.allowing(folder.toString())) {
            List<EncodedImage> all = takeAllMemory(fetching.fetcher);
            AtomicReference<Object> outcome = new AtomicReference<>();
            Thread thread = started(() -> {
                outcome.set(
                        catchThrowable(() -> fetching.fetcher.fetch(file.toUri().toString())));
                assertThat(Thread.currentThread().isInterrupted()).isTrue();
            });
            awaitWaiting(thread);
            thread.interrupt();
            thread.join();

            assertThat(outcome.get()).isInstanceOf(CancellationException.class);
            all.forEach(EncodedImage::close);
        }
    }

    @Test
    void leavesNoThreadBehind() throws Exception {
        HttpServer server = startServer();
        String web = "http://localhost:" + server.getAddress().getPort() + "/";
        try (Fetching fetching = Fetching.allowing(web)) {
            assertThat(fetching.bytes(web + "1000")).hasSize(1000);
            assertThat(fetchThreads()).isNotEmpty();
        } finally {
            server.stop(0);
        }
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!fetchThreads().isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(fetchThreads()).isEmpty();
    }

    private void fetchAtRandom(ImageFetcher fetcher, String web, SplittableRandom random) {
        int[] sizes = {0, 1000, 5000, 10_000, 10_001};
        for (int i = 0; i < FETCHES; i++) {
            int size = sizes[random.nextInt(sizes.length)];
            String uri = switch (random.nextInt(5)) {
                case 0 -> "data:," + "x".repeat(Math.min(size, 1900));
                case 1 -> folder.resolve("" + size).toUri().toString();
                case 2 -> web + size;
                case 3 -> web + "missing";
                default -> "ftp://forbidden/";
            };
            try (EncodedImage image = fetcher.fetch(uri)) {
                long held = heldBytes.addAndGet(image.bytes().length);
                assertThat(held).isLessThanOrEqualTo(Fetching.BUDGET);
                heldBytes.addAndGet(-image.bytes().length);
            } catch (ImageException e) {
                assertThat(e.reason())
                        .isIn(
                                DeadLetterReason.IMAGE_TOO_LARGE,
                                DeadLetterReason.FETCH_FAILED,
                                DeadLetterReason.FORBIDDEN_URI);
            }
        }
    }

    private List<EncodedImage> takeAllMemory(ImageFetcher fetcher) throws IOException {
        Path largest = Files.write(folder.resolve("largest"), new byte[10_000]);
        List<EncodedImage> images = new ArrayList<>();
        while (fetcher.freeBytes() > 0) {
            images.add(fetcher.fetch(largest.toUri().toString()));
        }
        return images;
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }

    private static Thread started(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static HttpServer startServer() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String name = exchange.getRequestURI().getPath().substring(1);
                if (name.equals("missing")) {
                    exchange.sendResponseHeaders(404, -1);
                } else {
                    int size = Integer.parseInt(name);
                    exchange.sendResponseHeaders(200, size == 5000 ? 0 : size == 0 ? -1 : size);
                    exchange.getResponseBody().write(new byte[size]);
                }
            }
        });
        server.start();
        return server;
    }

    private static List<String> fetchThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("image-fetch"))
                .toList();
    }
}
