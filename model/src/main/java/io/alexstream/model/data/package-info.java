/**
 * Labelled images: where they come from, which are held out, their frames, and the batches that a trainer takes.
 *
 * <p>May depend on {@code stream} and {@code network}, and on {@code contract} and {@code image} of the operators.
 */
@NullMarked
package io.alexstream.model.data;

import org.jspecify.annotations.NullMarked;
