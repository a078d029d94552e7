/** Fakes that the tests of several packages share. */
@NullMarked
package io.alexstream.testing;

import org.jspecify.annotations.NullMarked;
