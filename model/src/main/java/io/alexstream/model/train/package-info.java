/**
 * Training with libtorch: steps, rates, checkpoints, and the trained network as something to export. The only package that
 * knows libtorch, which is loaded when a {@link io.alexstream.model.train.Trainer} is made and not before.
 *
 * <p>May depend on {@code data}, {@code export} and {@code network}, and on {@code contract} of the operators.
 */
@NullMarked
package io.alexstream.model.train;

import org.jspecify.annotations.NullMarked;
