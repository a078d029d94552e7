package io.alexstream.model.stream;

import io.alexstream.model.stream.PictureFolder.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Pictures inside their references. */
public final class InlineUri {

    /** The job's default of {@code image.max-inline-bytes}: it refuses more. */
    private static final int MAX_BYTES = 512 << 10;

    private InlineUri() {}

    /**
     * {@code data:image/jpeg;base64,…}, or null where the picture is larger than the job takes inline.
     *
     * @throws StreamException where the file cannot be read
     */
    public static @Nullable String of(Picture picture) {
        try {
            if (Files.size(picture.file()) > MAX_BYTES) {
                return null;
            }
            return of(picture.mediaType(), Files.readAllBytes(picture.file()));
        } catch (IOException e) {
            throw new StreamException("the picture " + picture.file() + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The bytes as a {@code data:} URI. */
    public static String of(String mediaType, byte[] bytes) {
        return "data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }
}
