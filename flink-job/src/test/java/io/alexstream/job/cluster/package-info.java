/**
 * The job on a real Flink cluster and a real Kafka broker, each process a JVM of its own, and what can happen to them: kills,
 * black holes, outages.
 *
 * <p>May depend on the tests' shared readers and writers and on the side module's packages; starts the job only through
 * Flink's own command line, from the packaged jar.
 */
@NullMarked
package io.alexstream.job.cluster;

import org.jspecify.annotations.NullMarked;
