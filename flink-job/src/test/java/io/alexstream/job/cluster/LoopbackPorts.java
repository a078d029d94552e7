package io.alexstream.job.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports of the loopback address for servers that die and come back on the same one. Below the ports that the system
 * gives to outgoing connections (Linux: from 32768), since a client that dials a dead server's port from that range may in
 * the end be given it as its own, and keep the server from coming back. Confined to one thread.
 */
final class LoopbackPorts {

    static final String HOST = "127.0.0.1";

    private static final int LOWEST = 15_000;
    private static final int BOUND = 32_000;

    private final Set<Integer> given = new HashSet<>();

    /** A free port, another one each time. */
    int next() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, BOUND);
            if (isFree(port) && given.add(port)) {
                return port;
            }
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
