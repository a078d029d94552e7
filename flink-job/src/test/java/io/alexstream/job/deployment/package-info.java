/**
 * What lies in docker/ fits the job, its metrics and Flink: checked without an engine, a cluster or a network.
 *
 * <p>May depend on the job's public options and on the contract; runs no job.
 */
@NullMarked
package io.alexstream.job.deployment;

import org.jspecify.annotations.NullMarked;
