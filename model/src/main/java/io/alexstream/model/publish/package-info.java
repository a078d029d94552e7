/**
 * Model packages: written on disk with a version number of their own, checked, and copied into a repository; the manifest last.
 *
 * <p>May depend on {@code export}, on {@code contract}, {@code inference} and {@code serving} of the operators, and on Flink's
 * file systems.
 */
@NullMarked
package io.alexstream.model.publish;

import org.jspecify.annotations.NullMarked;
