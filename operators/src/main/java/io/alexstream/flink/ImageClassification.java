package io.alexstream.flink;

import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.PublishedUpdate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.types.Either;
import org.apache.flink.util.OutputTag;

/**
 * Classifies the images that a stream's elements refer to. Every element leaves exactly once: with predictions, or as a dead
 * letter with a reason. In each TaskManager one runtime with one copy of the model serves all subtasks; images are fetched,
 * decoded and micro-batched off the task thread, and elements in flight are part of Flink's checkpoints.
 *
 * <pre>{@code
 * ClassifiedStream<String> images = ImageClassification.builder()
 *         .modelPackage("file:///models/alexnet/1")
 *         .allowedUris("file:///data/images/")
 *         .build()
 *         .classify(uris, ImageReference::of);
 * }</pre>
 *
 * <p><b>Shapes.</b> An image may have any size and any of the formats JPEG, PNG, WebP, GIF (its first frame) and BMP; it is
 * turned, resized and cropped to what the package's manifest asks for. A model answers at most {@code output.top-k} classes an
 * image, each with a probability from 0 to 1. Results keep the element's event time; watermarks do not overtake the elements
 * before them, whether {@code output.ordered} is set or not.
 *
 * <p><b>Errors.</b> What is wrong with an element or its image is a {@link DeadLetter} and never an exception. A fault of the
 * device or the process fails the task; Flink restores what was in flight. What no restart can mend (no such package, an
 * execution provider that cannot be used, too little direct memory) fails the job at once, with what to do in one line.
 *
 * <p><b>Threads.</b> Immutable; used while the job is built, on one thread. In the cluster the {@link ReferenceFunction} runs on
 * the task thread and everything else on the runtime's own. Subtasks of one job in one TaskManager share these, the model and
 * the frame memory, which {@code taskmanager.memory.task.off-heap.size} has to cover.
 *
 * <p>Works with {@code pipeline.generic-types: false} if the stream's own type does.
 */
public final class ImageClassification {

    private static final String DEFAULT_UID = "image-classification";
    private static final String PIN = "pin model version";
    private static final OutputTag<ModelStatus> STATUSES = new OutputTag<>("model-status", StreamTypes.STATUS);

    /** Flink's own per-element timeout is off: a slow fetch ends by itself, and a hanging device is the watchdog's. */
    private static final long NO_TIMEOUT = 0;

    private final Configuration options;
    private final ClassificationConfig config;
    private final String uid;
    private final RuntimeAccess.Sessions sessions;

    private ImageClassification(Configuration options, String uid, RuntimeAccess.Sessions sessions) {
        this.options = options;
        this.config = ClassificationConfig.from(options);
        this.uid = uid;
        this.sessions = sessions;
    }

    /**
     * With all options as {@link ClassificationOptions} names them; other keys are ignored.
     *
     * @param options holds at least {@code model.package}; copied
     * @return the classification they describe
     * @throws InvalidOptionsException with every mistake at once
     */
    public static ImageClassification of(ReadableConfig options) {
        return new Builder().options(options).build();
    }

    /**
     * Starts from the defaults.
     *
     * @return a builder for one classification
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The options as they were understood on this machine; a TaskManager's own defaults may differ.
     *
     * @return the validated options
     */
    public ClassificationConfig config() {
        return config;
    }

    /**
     * Adds the operators to a stream, with the stream's environment's parallelism. A job that classifies twice needs a
     * {@link Builder#uid} for each.
     *
     * @param elements the stream; its type information must be known. Elements are kept in Flink's state while they are in
     *     flight ({@code async.capacity} a subtask), so they should be small: references and no pixels
     * @param references finds the image in an element
     * @param <T> the stream's element
     * @return each element exactly once, classified or as a dead letter
     * @throws org.apache.flink.api.common.functions.InvalidTypesException where the stream's type is not known
     */
    public <T> ClassifiedStream<T> classify(DataStream<T> elements, ReferenceFunction<T> references) {
        TypeInformation<T> type = elements.getType();
        RuntimeAccess access = new RuntimeAccess(options, sessions);
        SingleOutputStreamOperator<PinnedElement<T>> pinned = elements.transform(
                        PIN, StreamTypes.pinned(type), new PinPackagedModel<>(access))
                .uid(uid + "-pin");
        return classified(type, pinned, new ClassifyFunction<>(references, access, true));
    }

    /**
     * As {@link #classify(DataStream, ReferenceFunction)}, with a model that can be replaced while the job runs. Each update
     * of the model that {@code model.package} names is loaded and checked beside the one that serves; then the elements that
     * come are stamped with it. What is refused leaves the old version serving. Restored jobs serve what they served.
     *
     * @param elements as above
     * @param references as above
     * @param updates where to find new versions, in the order of their offsets; broadcast to every subtask, whatever its
     *     partitioning, in the slots of the elements' own operators, so leave both in one slot sharing group. It never holds
     *     back the elements' watermarks or checkpoints
     * @param historyEnd offset at which the updates ended when the job was started: a fresh start serves only the newest of
     *     those before it; 0 where there is no history
     * @param <T> the stream's element
     * @return as above, with a stream of what became of each update in each subtask
     */
    public <T> ClassifiedStream<T> classify(
            DataStream<T> elements,
            ReferenceFunction<T> references,
            DataStream<PublishedUpdate> updates,
            long historyEnd) {
        TypeInformation<T> type = elements.getType();
        RuntimeAccess access = new RuntimeAccess(options, sessions);
        SingleOutputStreamOperator<PinnedElement<T>> pinned = elements.transform(
                        PIN, StreamTypes.pinned(type), new PinModelVersion<>(access, STATUSES))
                .uid(uid + "-pin");
        updates.broadcast()
                .transform("follow model updates", Types.VOID, new FollowUpdates(access, historyEnd))
                .uid(uid + "-updates")
                // One in each slot, so that every process is told.
                .setParallelism(pinned.getParallelism());
        return classified(type, pinned, new ClassifyFunction<>(references, access, false));
    }

    /**
     * How a stream of updates is serialised; for sources of such.
     *
     * @return the type of {@code updates} above
     */
    public static TypeInformation<PublishedUpdate> updateType() {
        return StreamTypes.PUBLISHED_UPDATE;
    }

    private <T> ClassifiedStream<T> classified(
            TypeInformation<T> type,
            SingleOutputStreamOperator<PinnedElement<T>> pinned,
            ClassifyFunction<T> function) {
        SingleOutputStreamOperator<Either<Classified<T>, DeadLetter<T>>> outcomes = async(pinned, function)
                .returns(StreamTypes.outcome(type))
                .name("classify")
                .uid(uid + "-classify");
        OutputTag<DeadLetter<T>> tag = new OutputTag<>("dead-letters", StreamTypes.deadLetter(type));
        SingleOutputStreamOperator<Classified<T>> classifications = outcomes.process(new SplitOutcomes<>(tag))
                .returns(StreamTypes.classified(type))
                .name("split")
                .uid(uid + "-split");
        return new ClassifiedStream<>(
                classifications, classifications.getSideOutput(tag), pinned.getSideOutput(STATUSES));
    }

    private <T> SingleOutputStreamOperator<Either<Classified<T>, DeadLetter<T>>> async(
            DataStream<PinnedElement<T>> pinned, ClassifyFunction<T> function) {
        return config.ordered()
                ? AsyncDataStream.orderedWait(
                        pinned, function, NO_TIMEOUT, TimeUnit.MILLISECONDS, config.asyncCapacity())
                : AsyncDataStream.unorderedWait(
                        pinned, function, NO_TIMEOUT, TimeUnit.MILLISECONDS, config.asyncCapacity());
    }

    /** Collects options; {@link #build} validates them together, and nothing before. Confined to one thread. */
    public static final class Builder {

        private final Configuration options = new Configuration();
        private String uid = DEFAULT_UID;
        private RuntimeAccess.Sessions sessions = RuntimeAccess.Sessions.ONNX;

        private Builder() {}

        /**
         * Which model package serves. Required.
         *
         * @param uri of the package's folder, on any file system that Flink has on its TaskManagers
         * @return this
         */
        public Builder modelPackage(String uri) {
            return option(ClassificationOptions.MODEL_PACKAGE, uri);
        }

        /**
         * What may be fetched; see {@link ClassificationOptions#IMAGE_ALLOWED_URIS}. An image outside ends as FORBIDDEN_URI.
         *
         * @param uris {@code data:}, folders and hosts; replaces the default, which is {@code data:} alone
         * @return this
         */
        public Builder allowedUris(String... uris) {
            return option(ClassificationOptions.IMAGE_ALLOWED_URIS, String.join(",", List.of(uris)));
        }

        /**
         * How images run together.
         *
         * @param maxSize most images in one batch, 1 to 1024
         * @param linger how long the first one waits for more while a device is free, up to a minute; zero is allowed
         * @return this
         */
        public Builder batch(int maxSize, Duration linger) {
            return option(ClassificationOptions.BATCH_MAX_SIZE, maxSize)
                    .option(ClassificationOptions.BATCH_LINGER, linger);
        }

        /**
         * Sets any option of {@link ClassificationOptions}.
         *
         * @param option which; one that is not of {@link ClassificationOptions} has no effect
         * @param value its value
         * @param <V> its type
         * @return this
         */
        public <V> Builder option(ConfigOption<V> option, V value) {
            options.set(option, value);
            return this;
        }

        /**
         * Sets every option of {@link ClassificationOptions} that is set there; others are ignored.
         *
         * @param source for instance the job's own configuration
         * @return this
         */
        public Builder options(ReadableConfig source) {
            ClassificationOptions.all().forEach(option -> copy(source, option));
            return this;
        }

        /** As text, so that a value that does not parse is reported together with the other mistakes. */
        private void copy(ReadableConfig source, ConfigOption<?> option) {
            source.getOptional(ConfigOptions.key(option.key()).stringType().noDefaultValue())
                    .ifPresent(value -> options.setString(option.key(), value));
        }

        /**
         * Prefix of the operators' uids, by which savepoints know them; needed where one job classifies twice. Changing it
         * later loses what was in flight.
         *
         * @param prefix unique in the job
         * @return this
         */
        public Builder uid(String prefix) {
            this.uid = prefix;
            return this;
        }

        /** For tests: another runtime than ONNX Runtime. */
        Builder sessions(RuntimeAccess.Sessions factory) {
            this.sessions = factory;
            return this;
        }

        /**
         * Validates all options together.
         *
         * @return a classification that any number of streams can use
         * @throws InvalidOptionsException with every mistake at once
         */
        public ImageClassification build() {
            return new ImageClassification(options, uid, sessions);
        }
    }
}
