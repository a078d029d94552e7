/**
 * Evaluations as one HTML file that loads nothing: figures, curves, confusion matrix, filters, pictures.
 *
 * <p>May depend on {@code evaluate}, {@code data}, {@code export}, {@code network}, {@code terminal} and what {@code train} says of a
 * training, and on {@code contract}, {@code image} and {@code serving} of the operators.
 */
@NullMarked
package io.alexstream.model.report;

import org.jspecify.annotations.NullMarked;
