package io.alexstream.flink;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * What becomes of a stream of images: every element is in exactly one of the two. Both keep the elements' event time and
 * watermarks.
 *
 * @param <T> the stream's element
 */
public final class ClassifiedStream<T> {

    private final SingleOutputStreamOperator<Classified<T>> classifications;
    private final DataStream<DeadLetter<T>> deadLetters;

    ClassifiedStream(SingleOutputStreamOperator<Classified<T>> classifications, DataStream<DeadLetter<T>> deadLetters) {
        this.classifications = classifications;
        this.deadLetters = deadLetters;
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
}
