/** Fakes that several packages' tests share. */
@NullMarked
package io.alexstream.model.testing;

import org.jspecify.annotations.NullMarked;
