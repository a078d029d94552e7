/**
 * Everything that crosses Kafka's border: the records that come in and go out as Kafka sees them, the clients' settings,
 * the source, the sinks, and what the brokers are asked before the job starts.
 *
 * <p>May depend on Kafka, on Flink's connector for it, on the package {@code contract} and on the results of
 * {@code io.alexstream.flink}; never on the package {@code job}.
 */
@NullMarked
package io.alexstream.job.kafka;

import org.jspecify.annotations.NullMarked;
