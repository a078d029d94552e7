package io.alexstream.image;

import java.util.Base64;

/** Two of our drawn pictures as Debian's cwebp encodes them: the JDK has no writer for WebP. */
final class WebpSamples {

    private static final String LOSSLESS =
            "UklGRoYAAABXRUJQVlA4THoAAAAvC0ACAJmM6H9sIqL/oXAQwW3YMKk02KK7Cwi9LCAoURgJgKQZ7YzwCU98whOe+I"
                    + "TohVCQIACCMaafl39RvyVIt6r7kiHzx+bU3F0nVDTCAEdhhqxtUVtKm+AkMj3fmTLM4jmLNzYy7EAO3BVIsLjcg2SW"
                    + "DCvA1U8BAA==";

    private static final String LOSSY =
            "UklGRsgAAABXRUJQVlA4ILwAAAAQBwCdASooAB4APjEUh0KiIQwGq1QQAYJbACdMvs5L4h+EX4x8jF2TybfkCxqgTa"
                    + "TLsANdS4I/xD7AIYVXSa3BQAD+/3S/BoOJtDqIPOk201f/73WsSq7zV8gV4kS1q//5VfLpgRax7sFGAJdRgfGtTz3Y"
                    + "5TmemKa/MUGa1JtEbID5LMHPC4umE5iSxwb8Ff9ThmCSt4ek8j6QAoOqg16Xs+0Ycdlf44irQvAK3ZUkmG9+U7PEuw"
                    + "SdIpsAAA==";

    private WebpSamples() {}

    /** {@code DrawnPicture.checks(12, 10)}, by {@code cwebp -lossless}. */
    static byte[] lossless() {
        return Base64.getDecoder().decode(LOSSLESS);
    }

    /** {@code DrawnPicture.gradient(40, 30)}, by {@code cwebp -q 90 -m 6}. */
    static byte[] lossy() {
        return Base64.getDecoder().decode(LOSSY);
    }
}
