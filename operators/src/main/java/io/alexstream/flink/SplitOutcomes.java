package io.alexstream.flink;

import java.io.Serial;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Sends classifications on and dead letters to the side. Confined to the task thread. */
final class SplitOutcomes<T> extends ProcessFunction<Either<Classified<T>, DeadLetter<T>>, Classified<T>> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final OutputTag<DeadLetter<T>> deadLetters;

    SplitOutcomes(OutputTag<DeadLetter<T>> deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public void processElement(
            Either<Classified<T>, DeadLetter<T>> outcome, Context context, Collector<Classified<T>> classifications) {
        if (outcome.isLeft()) {
            classifications.collect(outcome.left());
        } else {
            context.output(deadLetters, outcome.right());
        }
    }
}
