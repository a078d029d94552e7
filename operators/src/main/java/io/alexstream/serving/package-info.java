/**
 * What is live: model packages fetched, verified, loaded, warmed up and checked, and swapped while they
 * serve; and the runtime that takes references in and gives outcomes out, one a process and job.
 *
 * <p>May depend on {@code contract}, {@code image}, {@code batching} and {@code inference}; of Flink only on its file systems,
 * in one class.
 */
@NullMarked
package io.alexstream.serving;

import org.jspecify.annotations.NullMarked;
