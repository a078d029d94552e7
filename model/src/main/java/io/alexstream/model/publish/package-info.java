/**
 * Model packages on disk: a version number of their own, files with checksums, golden samples, the manifest last.
 *
 * <p>May depend on {@code export}, and on {@code contract} and {@code inference} of the operators.
 */
@NullMarked
package io.alexstream.model.publish;

import org.jspecify.annotations.NullMarked;
