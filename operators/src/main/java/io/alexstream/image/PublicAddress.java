package io.alexstream.image;

import java.net.Inet4Address;
import java.net.InetAddress;

/** Tells addresses that any host of the Internet may have from those that lead to this machine or its own network. */
final class PublicAddress {

    private PublicAddress() {}

    static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicV4(bytes, 0) : isPublicV6(bytes);
    }

    /** All that IANA's IPv4 special-purpose registry does not call globally reachable, and multicast. */
    private static boolean isPublicV4(byte[] bytes, int from) {
        int a = bytes[from] & 0xff;
        int b = bytes[from + 1] & 0xff;
        int c = bytes[from + 2] & 0xff;
        boolean own = a == 0 || a == 10 || a == 127 || a >= 224;
        boolean privateUse = (a == 172 && (b & 0xf0) == 16) || (a == 192 && b == 168);
        boolean shared = a == 100 && (b & 0xc0) == 64;
        boolean linkLocal = a == 169 && b == 254;
        boolean special = (a == 192 && b == 0 && (c == 0 || c == 2))
                || (a == 192 && b == 88 && c == 99)
                || (a == 198 && (b & 0xfe) == 18)
                || (a == 198 && b == 51 && c == 100)
                || (a == 203 && b == 0 && c == 113);
        return !(own || privateUse || shared || linkLocal || special);
    }

    /**
     * Only 2000::/3 is handed out as global unicast. The forms that carry an IPv4 address inside are judged by that
     * address: NAT64 (RFC 6052) and 6to4 (RFC 3056); Teredo and the rest of 2001::/23, and documentation, never pass.
     */
    private static boolean isPublicV6(byte[] bytes) {
        int first = group(bytes, 0);
        int second = group(bytes, 1);
        if (first == 0x64 && second == 0xff9b) {
            return group(bytes, 2) == 0
                    && group(bytes, 3) == 0
                    && group(bytes, 4) == 0
                    && group(bytes, 5) == 0
                    && isPublicV4(bytes, 12);
        }
        if (first == 0x2002) {
            return isPublicV4(bytes, 2);
        }
        boolean special = first == 0x2001 && ((second & 0xfe00) == 0 || second == 0xdb8);
        boolean documentation = first == 0x3fff && (second & 0xf000) == 0;
        return (first & 0xe000) == 0x2000 && !special && !documentation;
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | (bytes[2 * index + 1] & 0xff);
    }
}
