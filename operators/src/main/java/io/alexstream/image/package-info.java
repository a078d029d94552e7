/**
 * Reference to frame: fetches an image by its URI, checks it before decoding, decodes it and makes the frame a model takes.
 *
 * <p>May depend on {@code contract}, on Apache HttpClient, on TwelveMonkeys' WebP reader, in one class on OpenCV, and in one on Flink's file
 * systems.
 */
@NullMarked
package io.alexstream.image;

import org.jspecify.annotations.NullMarked;
