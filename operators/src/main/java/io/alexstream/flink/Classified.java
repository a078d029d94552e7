package io.alexstream.flink;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import java.time.Instant;
import java.util.List;

/**
 * An element of the stream, and what the model says of its image. Nothing in it is null.
 *
 * @param element as it came in
 * @param reference the image it refers to
 * @param model the version that answered
 * @param predictions one or more, by falling probability, ties by rising index; at most {@code output.top-k}, and no more than
 *     the model's graph answers
 * @param classifiedAt when the answer was there, by the TaskManager's clock
 * @param <T> the stream's element
 */
public record Classified<T>(
        T element, ImageReference reference, ModelRef model, List<Prediction> predictions, Instant classifiedAt) {}
