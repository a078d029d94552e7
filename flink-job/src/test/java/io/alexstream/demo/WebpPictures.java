package io.alexstream.demo;

import java.util.Base64;
import java.util.List;

/**
 * WebP pictures as bytes, since nothing on the JDK writes that format. Drawn by {@link Scene} as PNG and encoded once with
 * Debian's {@code cwebp} 1.2.4; the comments give scene, size, seed and options.
 */
final class WebpPictures {

    /** {@code LANDSCAPE}, 160 x 120, seed 7; {@code cwebp -q 30}: lossy (VP8). */
    private static final String LOSSY = """
            UklGRlQCAABXRUJQVlA4IEgCAABwFwCdASqgAHgAPxGAuFSsKCWjKHMasYAiCWMAz5jwmAYX++iPoANaUla0ifLnP9/stOpV
            a4N+NZotxmeZiaI7PZ+UsxgUfOX9ArD/y9x77JCQZRp07wKj2WX0JtTB14qFTG8Pip8dVgMX6CwJDXdATEcNTAj42pVl9hk2
            W8vBDa+pV0ewVLKcHAX08Qh7O69Tx2HcsUIRmw8SGylG31RWDx3FckQcgqDVLF1ldO+nZcszMrQpS6pme4PZ1K2Hnoaa5Lbw
            AP7sDVP1ZFVio/r7p7nZklJ8WN3oeN+J96PA+y7msGT0jgYbmYvrCUnrWnO2d1rz7LfA3e9Ji7q/U9Uig9upmby+V6w/jxQK
            s1FbNNTEie8fRHj06ILhSUr4VejbJN31H5iunkHCbtHIGOrmAGdN3MJ6ilhrxV4JZIvwIRqVUqq8b/BJkId6YnWh9PjZB+v6
            P/S+0Hd5r6xMb7sAuY+AugV0yTZIZzROR06Dmo4UGXN0idSSWDSNSRBiwB1N83DtrA0Mlhf4LCz5IBolvrL5xyljxW1a5onJ
            DXUjfKjPBXc8GGbYXU6SiHA9a2PBHj2F2g7iDnxNEIe8rNympxgQdGM4w6KEUM2bjRh4c7Z182u1zp/z4cO1gkcP2iNqHcDV
            IxLq6MLwIsecVSXdwKGHvRR/b+y2ngVwlXiwthTgypBNAtYuvtUZEenFfpCjMIW12njENYyEgkocw9tqkKHwIiTX0hj180DH
            miuAQQuz3g4BXWe5GuEtiEYJA8gL9EAAAAAAAA==
            """;

    /** {@code CHECKERS}, 120 x 80, seed 3; {@code cwebp -lossless} (VP8L). */
    private static final String LOSSLESS = """
            UklGRkAAAABXRUJQVlA4TDQAAAAvd8ATAA9wkLxDmV2hfv5Dy2AkAJJIZIJPXGZzmU+cYGQE0RTR/ytARN3AxW0z5eIew4YA
            """;

    /** {@code FLOWER} as {@code PNG_ALPHA}, 96 x 96, seed 11; {@code cwebp -q 30}: lossy with alpha (VP8X, ALPH). */
    private static final String ALPHA = """
            UklGRugDAABXRUJQVlA4WAoAAAAQAAAAXwAAXwAAQUxQSDsAAAABGYBI2p97h4j+p6GgbSTk/XsGA8wRE6C0bQMmRYv2CQ6k
            i4gHycd+E/4Jqs9fzx8Tn/j+MfGZfI8GAABWUDgghgMAALAXAJ0BKmAAYAA/EXyzUawoJKKnOf35gCIJbAZwC8HQA7GTK3nf
            Ne5v6ZPaeQfueBa/tvqQ8pvo0eZHzk2g7TS9hspNghc1PbJnndcONDUIE9z/BD8BCiJDTYtRQKx5z0RJHfuV4HOaGjoKMkRc
            v3bCe+AigcBcSutVyO2HPvzX1lMBXkuS4KAm3MbkXt+dOBqejj7udEukrqHiiXIS4m4XKWsSBSh++LzNtXJa+4XKsziQ9SqN
            xpMD6ncrO/x8zqY1M1f/IAD+2q8+KmC9bQhUcHeS0ciqM04AflUefzTGAxCLOcoWJXfJ0TxI1JIlzNVH7ahUZKKEJCTtuIla
            cNBLAErgSCIetdC6qVfopT0EHfxYCX6mp4PIeHYADc3Xq5jN8zrl3Tu2SSCpY+XIgNGU/+7CFkabM+le0O2+kzBN0K0k2VR+
            9uIcBiXjpgC9scqQjTvfanFyoygWGpNIycuCFGBYP5N+SPEVyl/k3Mz5912G63+Y9PDyaDu6cXQAYraH7CKefr/5GJZEVCCd
            NahnaKtJbq7m7Eq8Z5ccmr27eWzfWmJnlqHCRKVx9VbRwAMlCp/A6C0rb9YPa1klxyvQIiorenTpmnRTi5MXNVLrdVWFqlPZ
            Uu5m1uCdbpsNI81rTVZroMvpgHtlNgaM5pqeD3khW43LUSaWIFz0wiUHvp47/YKcB9/u9MLl8pkax2UZjMBaxvyCWrgS1MEg
            XKMgUP883dT3yLiK76zl95FuwNQwpsvDsn34Jzb7hY3udHRriENzZgrBKMrbSJodfx7RkX3FwlQM+Gozbaxgy8kCrnYQHn6n
            CxJUmsYSkIVaEDJQM7AxRXstCpr0hVuGKUxMIZo5HsuQWh1QFMdRG8JLXyYPF2etD2Oc4qccuex2Znml0P/m1/U9Z6npOfXZ
            +lNSeQuSeWspWYumsOVgIp+lCQUTfGOS0g6u1+1IploK4sEs7NeRHrhktcOdnKRM1iimLdg5sJ/CG2R3dpUmVft09JzDCfhZ
            aoEN+AiHy66K0PZEXJiL61ixIWys0+3PVU2L7Nnsw1dEkMc27+ZmK5TCl2KDogXqM75PA8HZaTAavK+mClDN5vicM0cTsAsC
            amaO17UHOPLQLzIVxoGSjuWy4evFFWqxsI44CKN1dyX9E4sPavqRN8FeEh3ayaYkj+mQ3Eeg2CyXXbvT7DVtBFyGrim3ZgAA
            """;

    private WebpPictures() {}

    /** Each call decodes anew; the caller may keep and change the arrays. */
    static List<byte[]> all() {
        return List.of(LOSSY, LOSSLESS, ALPHA).stream()
                .map(text -> Base64.getMimeDecoder().decode(text))
                .toList();
    }
}
