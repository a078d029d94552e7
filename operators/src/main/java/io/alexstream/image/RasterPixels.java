package io.alexstream.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PackedColorModel;
import java.awt.image.Raster;

/** Stored sample values of a raster as RGB bytes, never through a colour space: that would bend gray values. */
final class RasterPixels {

    private RasterPixels() {}

    /** The image's pixels: the very array where it holds bytes, else a copy with three bytes a pixel. */
    static DecodedImage of(BufferedImage image) {
        Raster raster = image.getRaster();
        ColorModel colors = image.getColorModel();
        if (colors instanceof IndexColorModel palette) {
            return lookedUp(raster, palette);
        }
        if (colors instanceof PackedColorModel) {
            return unpacked(raster);
        }
        if (raster.getDataBuffer() instanceof DataBufferByte buffer
                && raster.getSampleModel() instanceof ComponentSampleModel model
                && buffer.getNumBanks() == 1) {
            return shared(raster, buffer, model);
        }
        return highBytes(raster);
    }

    private static DecodedImage shared(Raster raster, DataBufferByte buffer, ComponentSampleModel model) {
        int[] offsets = model.getBandOffsets();
        boolean gray = offsets.length < 3;
        return new DecodedImage(
                buffer.getData(),
                raster.getWidth(),
                raster.getHeight(),
                buffer.getOffset(),
                model.getPixelStride(),
                model.getScanlineStride(),
                offsets[0],
                gray ? offsets[0] : offsets[1],
                gray ? offsets[0] : offsets[2]);
    }

    private static DecodedImage lookedUp(Raster raster, IndexColorModel palette) {
        int[] colors = new int[Math.max(palette.getMapSize(), 1 << palette.getPixelSize())];
        palette.getRGBs(colors);
        return copied(raster, (samples, at) -> colors[samples[at]] & 0xFFFFFF);
    }

    /** Channels of any depth, stretched to eight bits as Pillow's unpackers do. */
    private static DecodedImage unpacked(Raster raster) {
        int red = greatest(raster, 0);
        int green = greatest(raster, 1);
        int blue = greatest(raster, 2);
        return copied(
                raster,
                (samples, at) -> ((samples[at] * 255 / red) << 16)
                        | ((samples[at + 1] * 255 / green) << 8)
                        | (samples[at + 2] * 255 / blue));
    }

    private static int greatest(Raster raster, int band) {
        return (1 << raster.getSampleModel().getSampleSize(band)) - 1;
    }

    /** The upper eight of sixteen bits, gray repeated. */
    private static DecodedImage highBytes(Raster raster) {
        int green = raster.getNumBands() < 3 ? 0 : 1;
        int blue = raster.getNumBands() < 3 ? 0 : 2;
        return copied(
                raster,
                (samples, at) ->
                        ((samples[at] >> 8) << 16) | (samples[at + green] & 0xFF00) | (samples[at + blue] >> 8));
    }

    /** A copy with three bytes a pixel. */
    static DecodedImage copied(Raster raster, ToRgb toRgb) {
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[bands * width];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int at = 0; at < row.length; at += bands) {
                int color = toRgb.color(row, at);
                rgb[to++] = (byte) (color >> 16);
                rgb[to++] = (byte) (color >> 8);
                rgb[to++] = (byte) color;
            }
        }
        return DecodedImage.rgb(rgb, width, raster.getHeight());
    }

    /** The colour, 0xRRGGBB, of the pixel whose samples begin {@code at}. */
    interface ToRgb {
        int color(int[] samples, int at);
    }
}
