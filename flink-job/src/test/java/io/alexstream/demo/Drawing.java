package io.alexstream.demo;

import java.awt.image.BufferedImage;

/** Something that can be drawn in any size. */
interface Drawing {

    /**
     * Draws it; the same seed gives the same picture on the same JDK.
     *
     * @param type of {@link BufferedImage}
     */
    BufferedImage draw(int type, int width, int height, long seed);
}
