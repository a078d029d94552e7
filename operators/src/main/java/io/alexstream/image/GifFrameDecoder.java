package io.alexstream.image;

import java.nio.ByteBuffer;

/**
 * Decodes the first frame of a GIF onto its canvas, as Pillow shows it: what the frame does not cover has the transparent
 * colour, else colour 0. Ours and not the JDK's, which works through all data after the picture is full (minutes for 20 MiB
 * of long codes) and returns half a picture when the data end early. Confined to one thread.
 */
final class GifFrameDecoder {

    /** First row and distance of rows of the four passes of an interlaced frame; GIF89a, appendix E. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] ALL_ROWS = {{0, 1}};

    private final CheckedImage image;
    private final ByteBuffer file;
    private final byte[] rgb;

    /** A decoder of the image's one stream part, which {@link GifHeader} has walked. */
    GifFrameDecoder(CheckedImage image) {
        this.image = image;
        this.file = image.stream().get(0);
        this.rgb = new byte[3 * image.width() * image.height()];
    }

    DecodedImage decode() {
        GifLayout layout = GifLayout.of(new HeaderBytes(file, ImageFormat.GIF));
        byte[] colors = colors(layout);
        fill(colors, layout.background());
        draw(new GifLzw(file, layout.data()), colors, layout.interlaced());
        return DecodedImage.rgb(rgb, image.width(), image.height());
    }

    /** 256 colours, three bytes each: the frame's table or the file's, black beyond it; a gray ramp where there is none. */
    private byte[] colors(GifLayout layout) {
        byte[] colors = new byte[3 * 256];
        if (layout.paletteBytes() == 0) {
            for (int i = 0; i < colors.length; i++) {
                colors[i] = (byte) (i / 3);
            }
        }
        file.get(layout.palette(), colors, 0, layout.paletteBytes());
        return colors;
    }

    /** Rows come top to bottom, or in four passes. */
    private void draw(GifLzw codes, byte[] colors, boolean interlaced) {
        byte[] row = new byte[image.frame().width()];
        for (int[] pass : interlaced ? PASSES : ALL_ROWS) {
            for (int y = pass[0]; y < image.frame().height(); y += pass[1]) {
                codes.read(row);
                draw(row, y, colors);
            }
        }
    }

    private void draw(byte[] row, int y, byte[] colors) {
        int to = 3 * ((y + image.frame().y()) * image.width() + image.frame().x());
        for (byte index : row) {
            System.arraycopy(colors, 3 * (index & 0xFF), rgb, to, 3);
            to += 3;
        }
    }

    private void fill(byte[] colors, int index) {
        if (image.frame().width() == image.width() && image.frame().height() == image.height()) {
            return;
        }
        for (int to = 0; to < rgb.length; to += 3) {
            System.arraycopy(colors, 3 * index, rgb, to, 3);
        }
    }
}
