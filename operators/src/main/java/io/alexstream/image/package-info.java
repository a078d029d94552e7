/**
 * Reference to frame: fetches the bytes that an image reference names, within a policy and limits.
 *
 * <p>May depend on {@code contract}, on Apache HttpClient and, in one class, on Flink's {@code FileSystem}.
 */
@NullMarked
package io.alexstream.image;

import org.jspecify.annotations.NullMarked;
