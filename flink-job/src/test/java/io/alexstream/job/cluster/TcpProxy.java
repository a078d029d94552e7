package io.alexstream.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Forwards connections to a server on the loopback address, and can swallow what travels: then nothing arrives and nothing is
 * refused, as on a network that drops packets; TCP would send again later, so nothing is lost when it heals. Safe for
 * concurrent use: the switch and what it held back are guarded by a lock.
 */
final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final int target;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition healed = lock.newCondition();
    private final AtomicInteger accepted = new AtomicInteger();
    private boolean isBlackHole;
    private long heldBack;

    /** @param target the server's port */
    TcpProxy(int target) throws IOException {
        this.target = target;
        server = new ServerSocket(0, 50, InetAddress.getByName(LoopbackPorts.HOST));
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** From now on nothing arrives. */
    void blackHole() {
        lock.lock();
        try {
            isBlackHole = true;
        } finally {
            lock.unlock();
        }
    }

    /** What was held back, and all that follows, arrives. */
    void heal() {
        lock.lock();
        try {
            isBlackHole = false;
            healed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that did not arrive at once. */
    long heldBack() {
        lock.lock();
        try {
            return heldBack;
        } finally {
            lock.unlock();
        }
    }

    /** How many connections were begun so far. */
    int connections() {
        return accepted.get();
    }

    private void awaitHealed(int bytes) throws InterruptedException {
        lock.lock();
        try {
            heldBack += isBlackHole ? bytes : 0;
            while (isBlackHole) {
                healed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                sockets.add(client);
                accepted.incrementAndGet();
                threads.execute(() -> connect(client));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void connect(Socket client) {
        Socket upstream = new Socket();
        sockets.add(upstream);
        try {
            awaitHealed(0);
            upstream.connect(new InetSocketAddress(LoopbackPorts.HOST, target));
            threads.execute(() -> forward(upstream, client));
            forward(client, upstream);
        } catch (IOException | InterruptedException e) {
            end(client, upstream);
        }
    }

    private void forward(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int count = read(from, buffer); count >= 0; count = read(from, buffer)) {
                awaitHealed(count);
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException e) {
            // One side is gone, so is the other.
        }
        end(from, to);
    }

    private static int read(Socket socket, byte[] buffer) throws IOException {
        return socket.getInputStream().read(buffer);
    }

    private void end(Socket one, Socket other) {
        for (Socket socket : new Socket[] {one, other}) {
            sockets.remove(socket);
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone anyway.
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
