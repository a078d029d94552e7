package io.alexstream.flink;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
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
 * <p>Works with {@code pipeline.generic-types: false} if the stream's own type does. Immutable; used while the job is built,
 * on one thread.
 */
public final class ImageClassification {

    private static final String DEFAULT_UID = "image-classification";

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
     * With all options as {@link ClassificationOptions} names them.
     *
     * @throws InvalidOptionsException with every mistake at once
     */
    public static ImageClassification of(ReadableConfig options) {
        return new Builder().options(options).build();
    }

    /** Starts from the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** The options as they were understood on this machine. */
    public ClassificationConfig config() {
        return config;
    }

    /**
     * Adds the operators to a stream.
     *
     * @param elements the stream; its type information must be known
     * @param references finds the image in an element
     */
    public <T> ClassifiedStream<T> classify(DataStream<T> elements, ReferenceFunction<T> references) {
        TypeInformation<T> type = elements.getType();
        RuntimeAccess access = new RuntimeAccess(options, sessions);
        DataStream<PinnedElement<T>> pinned = elements.map(new PinModelVersion<>(access))
                .returns(StreamTypes.pinned(type))
                .name("pin model version")
                .uid(uid + "-pin");
        SingleOutputStreamOperator<Either<Classified<T>, DeadLetter<T>>> outcomes = async(
                        pinned, new ClassifyFunction<>(references, access))
                .returns(StreamTypes.outcome(type))
                .name("classify")
                .uid(uid + "-classify");
        OutputTag<DeadLetter<T>> tag = new OutputTag<>("dead-letters", StreamTypes.deadLetter(type));
        SingleOutputStreamOperator<Classified<T>> classifications = outcomes.process(new SplitOutcomes<>(tag))
                .returns(StreamTypes.classified(type))
                .name("split")
                .uid(uid + "-split");
        return new ClassifiedStream<>(classifications, classifications.getSideOutput(tag));
    }

    private <T> SingleOutputStreamOperator<Either<Classified<T>, DeadLetter<T>>> async(
            DataStream<PinnedElement<T>> pinned, ClassifyFunction<T> function) {
        return config.ordered()
                ? AsyncDataStream.orderedWait(
                        pinned, function, NO_TIMEOUT, TimeUnit.MILLISECONDS, config.asyncCapacity())
                : AsyncDataStream.unorderedWait(
                        pinned, function, NO_TIMEOUT, TimeUnit.MILLISECONDS, config.asyncCapacity());
    }

    /** Collects options; {@link #build} validates them together. Confined to one thread. */
    public static final class Builder {

        private final Configuration options = new Configuration();
        private String uid = DEFAULT_UID;
        private RuntimeAccess.Sessions sessions = RuntimeAccess.Sessions.ONNX;

        private Builder() {}

        /** URI of the model package that serves. Required. */
        public Builder modelPackage(String uri) {
            return option(ClassificationOptions.MODEL_PACKAGE, uri);
        }

        /** What may be fetched; see {@link ClassificationOptions#IMAGE_ALLOWED_URIS}. */
        public Builder allowedUris(String... uris) {
            return option(ClassificationOptions.IMAGE_ALLOWED_URIS, String.join(",", List.of(uris)));
        }

        /** Most images that run together, and how long the first waits for more. */
        public Builder batch(int maxSize, Duration linger) {
            return option(ClassificationOptions.BATCH_MAX_SIZE, maxSize)
                    .option(ClassificationOptions.BATCH_LINGER, linger);
        }

        /** Any option of {@link ClassificationOptions}. */
        public <V> Builder option(ConfigOption<V> option, V value) {
            options.set(option, value);
            return this;
        }

        /** Every option of {@link ClassificationOptions} that is set there; others are ignored. */
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

        /** @throws InvalidOptionsException with every mistake at once */
        public ImageClassification build() {
            return new ImageClassification(options, uid, sessions);
        }
    }
}
