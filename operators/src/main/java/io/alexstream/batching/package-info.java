/**
 * Micro-batching: single elements, each with a slot of a shared buffer, become batches that run together.
 *
 * <p>Depends on the JDK only; generic in the element, and its clock is given to it.
 */
@NullMarked
package io.alexstream.batching;

import org.jspecify.annotations.NullMarked;
