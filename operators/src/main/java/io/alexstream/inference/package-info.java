/**
 * A model that can run: a session on an execution provider, its signature, and ONNX Runtime's implementation of them.
 *
 * <p>May depend on {@code contract} and is the only package that imports {@code ai.onnxruntime}.
 */
@NullMarked
package io.alexstream.inference;

import org.jspecify.annotations.NullMarked;
