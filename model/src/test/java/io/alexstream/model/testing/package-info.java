/** What tests of several packages share. */
@NullMarked
package io.alexstream.model.testing;

import org.jspecify.annotations.NullMarked;
