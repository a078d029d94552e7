/**
 * Reference to frame: fetching, limits before decoding, decoding, resizing. Shared by serving and training.
 *
 * <p>May depend on {@code contract}; of Flink only on its file systems, in one class.
 */
@NullMarked
package io.alexstream.image;

import org.jspecify.annotations.NullMarked;
