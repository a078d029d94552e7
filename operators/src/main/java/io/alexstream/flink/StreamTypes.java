package io.alexstream.flink;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
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
