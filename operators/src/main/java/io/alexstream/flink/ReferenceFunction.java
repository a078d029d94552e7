package io.alexstream.flink;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import java.io.Serializable;

/**
 * Finds the image in an element of the stream. Called on the task thread; must be quick and must not block.
 *
 * @param <T> the stream's element
 */
@FunctionalInterface
public interface ReferenceFunction<T> extends Serializable {

    /** @throws MalformedReferenceException where the element has none; it becomes a dead letter. Anything else fails the job */
    ImageReference reference(T element);
}
