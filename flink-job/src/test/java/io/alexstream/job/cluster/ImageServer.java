package io.alexstream.job.cluster;

import com.sun.net.httpserver.HttpServer;
import io.alexstream.job.testing.Pictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves one picture over HTTP, and can be down for a while. Confined to one thread. */
final class ImageServer implements AutoCloseable {

    private final int port;
    private final byte[] picture;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
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
        started.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, picture.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(picture);
            }
        });
        started.start();
        server = started;
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
        stop();
        threads.shutdownNow();
    }
}
