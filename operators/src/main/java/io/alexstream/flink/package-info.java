/**
 * The adapter to Flink: the public builder, the options, the operator that pins each element to a model version, the functions
 * around Flink's own AsyncWaitOperator, the metrics.
 *
 * <p>May depend on every other package of this library; nothing here depends on Kafka.
 */
@NullMarked
package io.alexstream.flink;

import org.jspecify.annotations.NullMarked;
