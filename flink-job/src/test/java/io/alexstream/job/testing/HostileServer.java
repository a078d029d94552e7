package io.alexstream.job.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * An HTTP server on the loopback address: {@code /missing} is not there, {@code /redirect} leads to the loopback address
 * again, {@code /trickle} sends one byte now and then for ever, {@code /picture} is a good one.
 */
public final class HostileServer implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    public HostileServer(byte[] picture) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/picture", exchange -> answer(exchange, 200, picture));
        server.createContext("/missing", exchange -> answer(exchange, 404, new byte[0]));
        server.createContext("/redirect", this::redirect);
        server.createContext("/trickle", this::trickle);
        server.start();
    }

    /** Ends with a slash. */
    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void redirect(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().add("Location", uri() + "picture");
        answer(exchange, 302, new byte[0]);
    }

    private void trickle(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 1_000_000);
        try (OutputStream body = exchange.getResponseBody()) {
            while (!closed.await(100, TimeUnit.MILLISECONDS)) {
                body.write(0xff);
                body.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
