/**
 * What the tests and the demo of this module share: a broker in the JVM and readers of its topics.
 *
 * <p>May depend on Kafka's clients and broker and on {@code contract}; never on the job itself.
 */
@NullMarked
package io.alexstream.job.testing;

import org.jspecify.annotations.NullMarked;
