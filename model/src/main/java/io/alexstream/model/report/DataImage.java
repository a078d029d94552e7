package io.alexstream.model.report;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/** Pictures within the page. */
final class DataImage {

    private DataImage() {}

    /** A {@code data:} URI; lossless. */
    static String png(BufferedImage image) throws IOException {
        return encoded(image, "png");
    }

    /** A {@code data:} URI; small. */
    static String jpeg(BufferedImage image) throws IOException {
        return encoded(image, "jpeg");
    }

    private static String encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, bytes)) {
            throw new IllegalStateException("every JDK writes " + format);
        }
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
