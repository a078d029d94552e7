package io.alexstream.flink;

import io.alexstream.contract.ModelRef;

/**
 * An element and the model version that is to answer it: what Flink keeps in state while it is in flight. Public because
 * Flink's serialiser makes it by reflection.
 */
public record PinnedElement<T>(T element, ModelRef model) {}
