/**
 * Weights to serving graph, and foreign ONNX classifier to serving graph: {@code image} uint8 [N, height, width, 3] in,
 * {@code probabilities} and {@code classes} [N, K] out, with cast, normalisation, softmax and top-k in the graph.
 *
 * <p>May depend on {@code network}, on {@code contract} and {@code inference} of the operators, and is the only package that
 * imports ONNX's protobuf classes.
 */
@NullMarked
package io.alexstream.model.export;

import org.jspecify.annotations.NullMarked;
