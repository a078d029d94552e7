/** Pictures drawn and encoded by our own code, for the tests of any package. */
@NullMarked
package io.alexstream.image.testing;

import org.jspecify.annotations.NullMarked;
