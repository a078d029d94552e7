package io.alexstream.job.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.alexstream.job.testing.Pictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Serves one picture over HTTP, slowly, so that at any moment some images are on their way; can be down for a while. Confined to
 * one thread.
 */
final class ImageServer implements AutoCloseable {

    /** With eight requests a second four are on their way whenever a checkpoint begins or a fault strikes. */
    private static final long DELAY_MILLIS = 500;

    private static final String AWAY = "away/";

    private final int port;
    private final byte[] picture;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable HttpServer server;

    ImageServer(LoopbackPorts ports) throws IOException {
        port = ports.next();
        picture = Pictures.draw(1, "png");
        start();
    }

    /** Of the picture, and of everything below. */
    String uri() {
        return "http://" + LoopbackPorts.HOST + ":" + port + "/";
    }

    /** Comes up, again. */
    void start() throws IOException {
        HttpServer started =
                HttpServer.create(new InetSocketAddress(InetAddress.getByName(LoopbackPorts.HOST), port), 0);
        started.setExecutor(threads);
        started.createContext("/", this::serve);
        started.createContext("/" + AWAY, ImageServer::redirect);
        started.start();
        server = started;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try {
            var unused = closed.await(DELAY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.sendResponseHeaders(200, picture.length);
        try (OutputStream body = exchange.getResponseBody()) {
            body.write(picture);
        }
    }

    private static void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", exchange.getRequestURI().getQuery());
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    /** Where the answer is a redirect to another URI. */
    String leadsTo(String uri) {
        return uri() + AWAY + "?" + uri;
    }

    /** From now on connections are refused. */
    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        stop();
        threads.shutdownNow();
    }
}
