package io.alexstream.job.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens where nobody may come, on every address of this machine, and counts who does. Safe for concurrent use. */
final class Trap implements AutoCloseable {

    private final ServerSocket server;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger visits = new AtomicInteger();

    Trap() throws IOException {
        server = new ServerSocket(0);
        thread.execute(this::count);
    }

    private void count() {
        while (!server.isClosed()) {
            try (Socket unused = server.accept()) {
                visits.incrementAndGet();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** How many connections were begun so far. */
    int visits() {
        return visits.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.shutdownNow();
    }
}
