/**
 * What crosses the borders: a record for the value of every topic and for the package manifest, and their JSON.
 *
 * <p>May depend on the JDK and on Jackson, which no other package imports.
 */
@NullMarked
package io.alexstream.contract;

import org.jspecify.annotations.NullMarked;
