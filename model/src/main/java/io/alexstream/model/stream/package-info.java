/**
 * The Kafka side of the command line: pictures to references, and events to lines that people read.
 *
 * <p>May depend on {@code contract}, {@code terminal} and the Kafka clients.
 */
@NullMarked
package io.alexstream.model.stream;

import org.jspecify.annotations.NullMarked;
