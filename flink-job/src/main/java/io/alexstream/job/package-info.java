/**
 * The deployable job: its command line, its options, and the topology from the images topic to the
 * two result topics, and from the model updates to their status.
 *
 * <p>May depend on {@code job.kafka}, on {@code io.alexstream.flink} and {@code contract}, and on Flink; nothing depends
 * on it.
 */
@NullMarked
package io.alexstream.job;

import org.jspecify.annotations.NullMarked;
