/**
 * The side module: AlexNet itself, import of foreign models, packages, and the command line that does it.
 *
 * <p>May depend on all packages of this module; nothing depends on it.
 */
@NullMarked
package io.alexstream.model;

import org.jspecify.annotations.NullMarked;
