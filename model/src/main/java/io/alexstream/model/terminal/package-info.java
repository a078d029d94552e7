/**
 * What people see on a terminal: colours where they are wanted, progress that does not fill logs, columns that line up.
 *
 * <p>May depend on the JDK only.
 */
@NullMarked
package io.alexstream.model.terminal;

import org.jspecify.annotations.NullMarked;
