package io.alexstream.flink;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.contract.ModelUpdate;
import io.alexstream.contract.Prediction;
import io.alexstream.contract.PublishedUpdate;
import io.alexstream.contract.Stage;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.types.Either;

/** How our generic records are serialised: each field's type is named, so that none falls back to Kryo. */
final class StreamTypes {

    private static final TypeInformation<ModelRef> MODEL = Types.POJO(
            ModelRef.class,
            Map.of("name", Types.STRING, "version", Types.INT, "uri", Types.STRING, "sha256", Types.STRING));

    private static final TypeInformation<Prediction> PREDICTION =
            Types.POJO(Prediction.class, Map.of("label", Types.STRING, "index", Types.INT, "probability", Types.FLOAT));

    private static final TypeInformation<ImageReference> REFERENCE = Types.POJO(
            ImageReference.class,
            Map.of(
                    "id", Types.STRING,
                    "uri", Types.STRING,
                    "timestamp", Types.INSTANT,
                    "attributes", Types.MAP(Types.STRING, Types.STRING)));

    private static final TypeInformation<UpdatePosition> POSITION =
            Types.POJO(UpdatePosition.class, Map.of("partition", Types.INT, "offset", Types.LONG));

    private static final TypeInformation<ModelUpdate> UPDATE = Types.POJO(
            ModelUpdate.class,
            Map.of(
                    "name", Types.STRING,
                    "version", Types.INT,
                    "uri", Types.STRING,
                    "sha256", Types.STRING,
                    "publishedAt", Types.INSTANT));

    static final TypeInformation<PublishedUpdate> PUBLISHED_UPDATE =
            Types.POJO(PublishedUpdate.class, Map.of("partition", Types.INT, "offset", Types.LONG, "update", UPDATE));

    static final TypeInformation<PinnedState> PINNED_STATE =
            Types.POJO(PinnedState.class, Map.of("active", MODEL, "activeSince", POSITION, "latest", PUBLISHED_UPDATE));

    static final TypeInformation<ModelStatus> STATUS = Types.POJO(
            ModelStatus.class,
            Map.ofEntries(
                    Map.entry("job", Types.STRING),
                    Map.entry("jobId", Types.STRING),
                    Map.entry("update", POSITION),
                    Map.entry("name", Types.STRING),
                    Map.entry("version", Types.INT),
                    Map.entry("state", Types.ENUM(ModelStatus.State.class)),
                    Map.entry("subtask", Types.INT),
                    Map.entry("parallelism", Types.INT),
                    Map.entry("host", Types.STRING),
                    Map.entry("executionProvider", Types.STRING),
                    Map.entry("loadMillis", Types.LONG),
                    Map.entry("warmUpMillis", Types.LONG),
                    Map.entry("reason", Types.STRING),
                    Map.entry("at", Types.INSTANT)));

    private StreamTypes() {}

    static <T> TypeInformation<PinnedElement<T>> pinned(TypeInformation<T> element) {
        return generic(PinnedElement.class, Map.of("element", element, "model", MODEL));
    }

    static <T> TypeInformation<Classified<T>> classified(TypeInformation<T> element) {
        return generic(
                Classified.class,
                Map.of(
                        "element", element,
                        "reference", REFERENCE,
                        "model", MODEL,
                        "predictions", Types.LIST(PREDICTION),
                        "classifiedAt", Types.INSTANT));
    }

    static <T> TypeInformation<DeadLetter<T>> deadLetter(TypeInformation<T> element) {
        return generic(
                DeadLetter.class,
                Map.of(
                        "element",
                        element,
                        "reason",
                        Types.ENUM(DeadLetterReason.class),
                        "stage",
                        Types.ENUM(Stage.class),
                        "exceptionClass",
                        Types.STRING,
                        "message",
                        Types.STRING));
    }

    static <T> TypeInformation<Either<Classified<T>, DeadLetter<T>>> outcome(TypeInformation<T> element) {
        return Types.EITHER(classified(element), deadLetter(element));
    }

    /** Flink's types know no class of a generic record but the raw one. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <R> TypeInformation<R> generic(Class<?> record, Map<String, TypeInformation<?>> fields) {
        return (TypeInformation<R>) Types.POJO((Class) record, fields);
    }
}
