/**
 * The demo: a real broker, a local Flink and the deployed job class in one JVM, fed with drawn pictures and bad input, and
 * counted to the last record. Run by {@code mvn -Pdemo}; no test starts it.
 *
 * <p>May depend on everything; nothing depends on it.
 */
@NullMarked
package io.alexstream.demo;

import org.jspecify.annotations.NullMarked;
