package io.alexstream.demo;

import java.time.Instant;

/**
 * When what happened while the network learnt. Immutable.
 *
 * @param steady the stream runs at full speed
 * @param labelled the labels are there, and the stream is slowed
 * @param training the first step begins
 * @param trained the last one ended
 * @param shipped all subtasks serve the new version
 * @param ended the last reference was sent
 */
record Phases(Instant steady, Instant labelled, Instant training, Instant trained, Instant shipped, Instant ended) {}
