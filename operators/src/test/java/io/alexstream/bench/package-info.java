/**
 * JMH benchmarks of the frame path and of the batcher, run by {@code mvn -Pbench}; no test starts them.
 *
 * <p>May depend on {@code image}, {@code batching}, {@code contract} and JMH; nothing depends on it.
 */
@NullMarked
package io.alexstream.bench;

import org.jspecify.annotations.NullMarked;
