package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What becomes of a stream of images: every element is in exactly one of the first two. Both keep the elements' event time
 * and watermarks.
 *
 * @param <T> the stream's element
 */
public final class ClassifiedStream<T> {

    private final SingleOutputStreamOperator<Classified<T>> classifications;
    private final DataStream<DeadLetter<T>> deadLetters;
    private final DataStream<ModelStatus> modelStatus;

    ClassifiedStream(
            SingleOutputStreamOperator<Classified<T>> classifications,
            DataStream<DeadLetter<T>> deadLetters,
            DataStream<ModelStatus> modelStatus) {
        this.classifications = classifications;
        this.deadLetters = deadLetters;
        this.modelStatus = modelStatus;
    }

    /**
     * The elements whose images the model answered.
     *
     * @return the main output; in the order of the input within a subtask where {@code output.ordered} is set
     */
    public SingleOutputStreamOperator<Classified<T>> classifications() {
        return classifications;
    }

    /**
     * The elements whose images it could not, each with a reason. Ignoring them loses records.
     *
     * @return the side output
     */
    public DataStream<DeadLetter<T>> deadLetters() {
        return deadLetters;
    }

    /**
     * What each subtask serves from its start, and what became of each update in it. Not exactly-once: a restored subtask
     * reports again.
     *
     * @return a side output; empty where there are no updates
     */
    public DataStream<ModelStatus> modelStatus() {
        return modelStatus;
    }
}
