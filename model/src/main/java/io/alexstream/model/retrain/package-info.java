/**
 * Rounds of learning from what people say of images: train from what is served, compare on images that nobody trained with, and
 * ship what is better.
 *
 * <p>May depend on {@code data}, {@code evaluate}, {@code train}, {@code export}, {@code publish}, {@code rollout} and {@code
 * stream}, and on {@code contract}, {@code inference} and {@code serving} of the operators.
 */
@NullMarked
package io.alexstream.model.retrain;

import org.jspecify.annotations.NullMarked;
