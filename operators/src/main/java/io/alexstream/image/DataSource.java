package io.alexstream.image;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Images inside their own reference: {@code data:image/jpeg;base64,…}, or percent-encoded (RFC 2397). Stateless. */
final class DataSource implements ByteSource {

    private static final String BASE64 = ";base64";

    @Override
    public EncodedImage read(OngoingFetch fetch) throws InterruptedException {
        String text = fetch.text();
        long limit = fetch.limits().maxInlineBytes();
        if (text.length() > limit) {
            throw fetch.failure(
                    DeadLetterReason.IMAGE_TOO_LARGE, "the data: URI has more than " + limit + " characters", null);
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw malformed("the data: URI has no comma", null);
        }
        boolean base64 = text.regionMatches(true, comma - BASE64.length(), BASE64, 0, BASE64.length());
        ByteBudget.Share share = fetch.reserve(text.length() - comma);
        try {
            byte[] bytes = percentDecoded(text, comma + 1);
            bytes = base64 ? Base64.getDecoder().decode(bytes) : bytes;
            fetch.refuseLongerThanAllowed(bytes.length);
            share.shrinkTo(bytes.length);
            return new EncodedImage(bytes, share);
        } catch (IllegalArgumentException e) {
            share.close();
            // The decoder's own message would quote the content.
            throw malformed("the data: URI is not valid " + (base64 ? "base64" : "percent-encoding"), null);
        } catch (Throwable e) {
            share.close();
            throw e;
        }
    }

    private static byte[] percentDecoded(String text, int from) {
        byte[] bytes = new byte[text.length() - from];
        int length = 0;
        for (int at = from; at < text.length(); at++) {
            char character = text.charAt(at);
            if (character == '%') {
                bytes[length++] = (byte) (hex(text, at + 1) << 4 | hex(text, at + 2));
                at += 2;
            } else if (character > ' ' && character < 0x7f) {
                bytes[length++] = (byte) character;
            } else {
                throw new IllegalArgumentException("not an URI character");
            }
        }
        return Arrays.copyOf(bytes, length);
    }

    private static int hex(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("not a hexadecimal digit");
        }
        return digit;
    }

    private static ImageException malformed(String problem, @Nullable Throwable cause) {
        return new ImageException(DeadLetterReason.MALFORMED_REFERENCE, Stage.PARSE, problem, cause);
    }
}
