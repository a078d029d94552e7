package io.alexstream.flink;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.MalformedReferenceException;
import io.alexstream.contract.Stage;
import io.alexstream.serving.FrameOutcome;
import java.io.Serial;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.types.Either;
import org.jspecify.annotations.Nullable;

/**
 * Asks the runtime what an element's image shows. Runs inside Flink's AsyncWaitOperator, which keeps the elements in flight in
 * its state. The policy is here: what is wrong with an image is a value; what is wrong with the process fails the task, and
 * Flink restores. Confined to the task thread; results arrive on the runtime's threads.
 */
final class ClassifyFunction<T> extends RichAsyncFunction<PinnedElement<T>, Either<Classified<T>, DeadLetter<T>>> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final ReferenceFunction<T> references;
    private final RuntimeAccess access;
    private final boolean servesPackage;
    private transient @Nullable RuntimeContext context;
    private transient RuntimeAccess.@Nullable Opened opened;
    private transient @Nullable OperatorMetrics metrics;

    /** Read by the runtime's threads. */
    private transient volatile boolean closed;

    /** @param servesPackage whether the job follows no updates, so that what serves is known without them */
    ClassifyFunction(ReferenceFunction<T> references, RuntimeAccess access, boolean servesPackage) {
        this.references = references;
        this.access = access;
        this.servesPackage = servesPackage;
    }

    /** Kept as it comes: the wrapper that RichAsyncFunction makes of it hides the TaskManager's temporary folder. */
    @Override
    public void setRuntimeContext(RuntimeContext runtimeContext) {
        super.setRuntimeContext(runtimeContext);
        context = runtimeContext;
    }

    @Override
    public void open(OpenContext openContext) {
        RuntimeContext runtimeContext = java.util.Objects.requireNonNull(context, "no runtime context");
        RuntimeAccess.Opened runtime = access.open(runtimeContext);
        opened = runtime;
        if (servesPackage) {
            // Flink opens this before the operator in front, and may wait here for restored elements to be answered.
            runtime.begin(null);
        }
        metrics = new OperatorMetrics(runtimeContext.getMetricGroup(), runtime.runtime(), runtime.asked());
    }

    @Override
    public void asyncInvoke(PinnedElement<T> input, ResultFuture<Either<Classified<T>, DeadLetter<T>>> result) {
        RuntimeAccess.Opened runtime = opened;
        OperatorMetrics told = metrics;
        if (runtime == null || told == null) {
            throw new IllegalStateException("not open");
        }
        told.received();
        ImageReference reference;
        try {
            reference = references.reference(input.element());
        } catch (MalformedReferenceException e) {
            complete(told, result, malformed(input.element(), e));
            return;
        }
        runtime.runtime().classify(reference.uri(), input.model(), told).whenComplete((outcome, fault) -> {
            if (fault == null) {
                complete(told, result, asEither(input.element(), reference, outcome));
            } else if (!closed) {
                told.failed();
                result.completeExceptionally(fault);
            }
        });
    }

    private void complete(
            OperatorMetrics told,
            ResultFuture<Either<Classified<T>, DeadLetter<T>>> result,
            Either<Classified<T>, DeadLetter<T>> outcome) {
        if (outcome.isLeft()) {
            told.classified();
        } else {
            told.rejected(outcome.right().reason());
        }
        result.complete(List.of(outcome));
    }

    private Either<Classified<T>, DeadLetter<T>> malformed(T element, MalformedReferenceException e) {
        return Either.Right(new DeadLetter<>(
                element,
                DeadLetterReason.MALFORMED_REFERENCE,
                Stage.PARSE,
                e.getClass().getName(),
                String.valueOf(e.getMessage())));
    }

    private Either<Classified<T>, DeadLetter<T>> asEither(T element, ImageReference reference, FrameOutcome outcome) {
        if (outcome instanceof FrameOutcome.Predicted predicted) {
            return Either.Left(
                    new Classified<>(element, reference, predicted.model(), predicted.predictions(), predicted.at()));
        }
        FrameOutcome.Rejected rejected = (FrameOutcome.Rejected) outcome;
        return Either.Right(new DeadLetter<>(
                element, rejected.reason(), rejected.stage(), rejected.exceptionClass(), rejected.message()));
    }

    /**
     * What is still in flight is in Flink's state by now (a stop with savepoint does not wait for it); its failure with the
     * runtime must not fail the task that is ending.
     */
    @Override
    public void close() {
        closed = true;
        if (opened != null) {
            opened.close();
        }
    }
}
