/**
 * The topics {@code model-updates} and {@code model-status}: what is published, what jobs say of it, and what may be concluded.
 *
 * <p>May depend on {@code contract}, {@code stream}, {@code terminal} and the Kafka clients.
 */
@NullMarked
package io.alexstream.model.rollout;

import org.jspecify.annotations.NullMarked;
