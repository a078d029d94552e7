package io.alexstream.model.retrain;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import org.jspecify.annotations.Nullable;

/**
 * What is served, and so what a round begins with. Immutable.
 *
 * @param ref of the package
 * @param position of its update, or null where nothing was ever published
 */
public record Base(ModelRef ref, @Nullable UpdatePosition position) {}
