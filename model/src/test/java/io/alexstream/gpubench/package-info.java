/**
 * {@code mvn -Pgpu-bench}: sizes a machine with a graphics card. Built into a folder that needs neither Maven nor network; in
 * the tests of this module, since it makes its own model and is no part of the product.
 *
 * <p>May depend on {@code model}, {@code operators} and, for the bare loop that the operator is held against, on ONNX Runtime.
 */
package io.alexstream.gpubench;
