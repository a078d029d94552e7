/**
 * The commands: options, checks of them, progress and results. One class a command.
 *
 * <p>May depend on every other package of this module but its root, and is the only one that imports picocli.
 */
@NullMarked
package io.alexstream.model.cli;

import org.jspecify.annotations.NullMarked;
