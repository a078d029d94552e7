package io.alexstream.image;

import java.util.Locale;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import org.jspecify.annotations.Nullable;

/** Listens to a reader and remembers the first warning that means lost pixels. Confined to the reading thread. */
final class ReaderWatch implements IIOReadWarningListener {

    private @Nullable String loss;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        String text = warning.toLowerCase(Locale.ROOT);
        // Padding between the last scan and the end of the image is common and costs no pixel.
        boolean padding = text.contains("extraneous bytes before marker 0xd9");
        if (loss == null && !padding && (text.contains("corrupt") || text.contains("premature"))) {
            loss = warning;
        }
    }

    /** Refuses an image of which the reader said that pixels are missing. */
    void check() {
        if (loss != null) {
            throw ImageException.corrupt("the decoder warns: " + loss);
        }
    }
}
