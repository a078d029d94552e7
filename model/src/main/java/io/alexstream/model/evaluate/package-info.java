/**
 * What packages answer to labelled images, and what that says of them.
 *
 * <p>May depend on {@code data}, and on {@code contract}, {@code image}, {@code inference} and {@code serving} of the operators.
 */
@NullMarked
package io.alexstream.model.evaluate;

import org.jspecify.annotations.NullMarked;
