/**
 * The benchmark of the whole job: real broker, real Flink, real model, against a bare loop and against the plain way. Run by
 * {@code mvn -Pbench}; no test starts it.
 *
 * <p>May depend on everything; nothing depends on it.
 */
@NullMarked
package io.alexstream.bench;

import org.jspecify.annotations.NullMarked;
