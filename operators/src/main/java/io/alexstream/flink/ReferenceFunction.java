package io.alexstream.flink;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import java.io.Serializable;

/**
 * Finds the image in an element of the stream. Called on the task thread, once an element and once more for each restore that
 * finds it in flight; must be quick, must not block and must not change the element. Serialised into the job, so a lambda may
 * capture only what is serialisable.
 *
 * @param <T> the stream's element
 */
@FunctionalInterface
public interface ReferenceFunction<T> extends Serializable {

    /**
     * The image to classify.
     *
     * @param element as it came in
     * @return where the image lies; never null
     * @throws MalformedReferenceException where the element has none; it becomes a dead letter. Anything else fails the job
     */
    ImageReference reference(T element);
}
