package io.alexstream.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does with each connection what its script says, right or wrong. */
final class ScriptedServer implements AutoCloseable {

    /** What happens on a connection; it is closed afterwards. */
    @FunctionalInterface
    interface Script {
        void run(Connection connection) throws IOException, InterruptedException;
    }

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    ScriptedServer(Script script) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.script = script;
        start(this::accept);
    }

    String uri() {
        return uri("http");
    }

    String uri(String scheme) {
        return scheme + "://127.0.0.1:" + server.getLocalPort() + "/";
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                connections.incrementAndGet();
                start(() -> serve(socket));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.run(new Connection(socket));
        } catch (IOException | InterruptedException e) {
            // the client hung up, as it should
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** One client. */
    final class Connection {
        private final Socket socket;
        private final BufferedReader in;
        private final OutputStream out;

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            this.out = socket.getOutputStream();
        }

        /** Reads a request to its empty line; null at the end. */
        String request() throws IOException {
            StringBuilder request = new StringBuilder();
            String line;
            while ((line = in.readLine()) != null && !line.isEmpty()) {
                request.append(line).append('\n');
            }
            return line == null ? null : request.toString();
        }

        void send(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }

        /** Sends the text again and again, with a pause between, until the client hangs up. */
        void trickle(String text) throws IOException, InterruptedException {
            while (!closed.await(5, TimeUnit.MILLISECONDS)) {
                send(text);
            }
        }

        /** Does nothing until the test ends. */
        void fallSilent() throws InterruptedException {
            closed.await();
        }

        /** Blocks until the client hangs up. */
        void awaitHangUp() throws IOException {
            try {
                while (in.read() >= 0) {
                    // what it still sends does not matter
                }
            } catch (SocketException e) {
                // it hung up with a reset
            }
        }

        /** Ends the connection with a reset. */
        void reset() throws IOException {
            socket.setSoLinger(true, 0);
        }
    }
}
