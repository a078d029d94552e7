package io.alexstream.model.report;

import io.alexstream.contract.ModelManifest;
import io.alexstream.model.export.RefusedModelException;
import io.alexstream.model.export.StoredModel;
import io.alexstream.model.network.Parameter;
import io.alexstream.serving.ModelPackage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the first convolution looks for, filter by filter: figure 3 of the 2012 paper. */
final class FilterSheets {

    /** Filters beside each other; AlexNet's 96 make 6 rows. */
    private static final int COLUMNS = 16;

    private FilterSheets() {}

    /** Nothing where no package is a network of ours. */
    static String of(List<ModelPackage> packages) throws IOException {
        StringBuilder sheets = new StringBuilder();
        for (ModelPackage one : packages) {
            BufferedImage sheet = sheet(one);
            if (sheet != null) {
                ModelManifest manifest = one.manifest();
                sheets.append(Html.format(
                        "<figure><figcaption>%s %d</figcaption><img class=filters alt=\"filters of conv1\" src=\"%s\"></figure>",
                        Html.text(manifest.name()), manifest.version(), DataImage.png(sheet)));
            }
        }
        if (sheets.isEmpty()) {
            return "";
        }
        return Html.section(
                "Filters of conv1",
                "What the first layer looks for: each square holds the weights of one filter for red, green and blue, grey where they are"
                        + " 0. Fresh weights are noise; edges, blobs and colours appear with long training on many pictures.",
                "<div class=sheets>" + sheets + "</div>");
    }

    private static @Nullable BufferedImage sheet(ModelPackage one) throws IOException {
        StoredModel stored;
        try {
            stored = StoredModel.read(one.directory(), one.manifest().labels().size());
        } catch (RefusedModelException e) {
            return null;
        }
        Parameter first = stored.network().parameters().get(0);
        float[] values = new float[Math.toIntExact(first.size())];
        stored.weights().open(first).next(values, values.length);
        return draw(values, first.dims());
    }

    /** @param dims [filters, 3, height, width] */
    static BufferedImage draw(float[] values, List<Integer> dims) {
        int filters = dims.get(0);
        int height = dims.get(2);
        int width = dims.get(3);
        int columns = Math.min(COLUMNS, filters);
        int rows = (filters + columns - 1) / columns;
        // A transparent pixel between filters.
        BufferedImage sheet =
                new BufferedImage(columns * (width + 1) - 1, rows * (height + 1) - 1, BufferedImage.TYPE_INT_ARGB);
        int plane = height * width;
        for (int filter = 0; filter < filters; filter++) {
            float largest = 1e-12f;
            for (int i = 0; i < 3 * plane; i++) {
                largest = Math.max(largest, Math.abs(values[filter * 3 * plane + i]));
            }
            for (int i = 0; i < plane; i++) {
                int colour = 0xFF;
                for (int channel = 0; channel < 3; channel++) {
                    float value = values[(filter * 3 + channel) * plane + i] / largest;
                    colour = colour << 8 | Math.round(127.5f + 127.5f * value);
                }
                int x = filter % columns * (width + 1) + i % width;
                int y = filter / columns * (height + 1) + i / width;
                sheet.setRGB(x, y, colour);
            }
        }
        return sheet;
    }
}
