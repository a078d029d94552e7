/**
 * The Kafka side of the command line: pictures to references, events to lines that people read, and dead
 * letters back to where they came from.
 *
 * <p>May depend on {@code contract}, {@code terminal} and the Kafka clients.
 */
@NullMarked
package io.alexstream.model.stream;

import org.jspecify.annotations.NullMarked;
