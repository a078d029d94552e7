package io.alexstream.image;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names to addresses; the system's resolver but in tests. Safe for concurrent use; may block. */
@FunctionalInterface
interface HostResolver {

    InetAddress[] resolve(String host) throws UnknownHostException;
}
