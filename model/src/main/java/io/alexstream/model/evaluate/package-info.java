/**
 * What packages answer to labelled images.
 *
 * <p>May depend on {@code data}, and on {@code contract}, {@code inference} and {@code serving} of the operators.
 */
@NullMarked
package io.alexstream.model.evaluate;

import org.jspecify.annotations.NullMarked;
