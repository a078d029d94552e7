package io.alexstream.image;

import java.io.IOException;
import java.net.SocketException;
import org.apache.hc.core5.http.NoHttpResponseException;

/** Which address of a host an exchange goes to, and whether another follows. Confined to the fetching thread. */
final class Attempts {

    private final int addresses;
    private int address;
    private int retriesLeft;
    private boolean mayBeStale = true;

    Attempts(int retries, int addresses) {
        this.retriesLeft = retries;
        this.addresses = addresses;
    }

    int address() {
        return address;
    }

    /** Whether to try again. A host's next address, and a connection kept too long, do not count as retries. */
    boolean anotherAfter(IOException failure) {
        if (failure instanceof SocketException && address + 1 < addresses) {
            address++;
            return true;
        }
        // Servers close idle connections at any moment, also as a request is on its way (RFC 9112, 9.3.1).
        if (failure instanceof NoHttpResponseException && mayBeStale) {
            mayBeStale = false;
            return true;
        }
        return retriesLeft-- > 0;
    }
}
