/**
 * Networks as layer tables: their shapes, parameters and first weights. AlexNet first.
 *
 * <p>May depend on the JDK only, so that the exporter and a trainer read the same table.
 */
@NullMarked
package io.alexstream.model.network;

import org.jspecify.annotations.NullMarked;
