package io.alexstream.flink;

import io.alexstream.contract.ModelRef;

/**
 * An element and the model version that is to answer it: what Flink keeps in state while it is in flight. Public because
 * Flink's serialiser makes it by reflection; nobody else need use it.
 *
 * @param element as it came in
 * @param model the version that is to answer
 * @param <T> the stream's element
 */
public record PinnedElement<T>(T element, ModelRef model) {}
