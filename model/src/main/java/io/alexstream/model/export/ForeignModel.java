package io.alexstream.model.export;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import io.alexstream.contract.InputSpec;
import io.alexstream.inference.SessionFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A foreign ONNX classifier, float [N, 3, height, width] to logits or probabilities, that gets our two ends. Its nodes stay as
 * they are and keep their operator set. Immutable.
 *
 * @param file the model; it must not change while it is imported
 * @param labels one a class
 * @param logits true where the user says that it gives logits; else that is found out
 * @param topK most predictions a frame; at most one a class is given
 * @param sessions run it, to see whether it takes batches and what it gives
 */
public record ForeignModel(
        Path file,
        List<String> labels,
        InputSpec input,
        Normalization normalization,
        boolean logits,
        int topK,
        SessionFactory sessions)
        implements ModelSource {

    public ForeignModel {
        labels = List.copyOf(labels);
        if (topK < 1) {
            throw new IllegalArgumentException("topK must be 1 or more, was " + topK);
        }
    }

    @Override
    public Object writeTo(Path directory, Progress progress) throws IOException {
        ModelProto model = ForeignFile.read(file);
        ForeignSignature signature = ForeignSignature.of(model, input, labels.size());
        ForeignNames names = ForeignNames.of(model.getGraph());
        GraphProto.Builder body = new GraphRewrite(names.renamed()).rewrite(model.getGraph());
        new ForeignWeights(file).moveTo(directory, body, progress);
        ServingGraph graph = new ServingGraph(
                model,
                body.build(),
                signature.renamed(names.renamed()),
                names.prefix(),
                input,
                normalization,
                labels.size());
        progress.report("trying the model with 1, 2 and 5 images", 0, 1);
        boolean softmax = writeWorking(directory, graph);
        progress.report("trying the model with 1, 2 and 5 images", 1, 1);
        return origin(model, signature, softmax);
    }

    /** Writes the first variant that takes any batch; returns whether it needed a softmax. */
    private boolean writeWorking(Path directory, ServingGraph graph) throws IOException {
        Probe probe = new Probe(sessions, input, graph.signature().isHalfPrecision());
        List<ServingGraph> variants = variants(graph);
        for (int i = 0; ; i++) {
            ServingGraph variant = variants.get(i);
            try {
                variant.writeTo(directory, false, labels.size());
                boolean softmax = needsSoftmax(variant, probe, probe.run(directory));
                variant.writeTo(directory, softmax, Math.min(topK, labels.size()));
                return softmax;
            } catch (RefusedModelException e) {
                if (i == variants.size() - 1) {
                    throw e;
                }
            }
        }
    }

    /** A model that calls its batch free is believed at first. */
    private static List<ServingGraph> variants(ServingGraph graph) {
        ForeignSignature signature = graph.signature();
        GraphProto.Builder freed = graph.body().toBuilder();
        new FreeBatch(freed, signature.input(), Math.max(1, signature.batch()), graph.prefix()).apply();
        List<ServingGraph> variants = new ArrayList<>();
        if (signature.batch() == 0) {
            variants.add(graph);
        }
        variants.add(graph.withBody(freed.build()));
        return variants;
    }

    private boolean needsSoftmax(ServingGraph graph, Probe probe, float[][] rows) {
        boolean probabilities = probe.areProbabilities(rows);
        if (logits || probabilities) {
            return logits;
        }
        String last = LastOperator.of(graph.body(), graph.signature().output());
        if (last.equals("Softmax")) {
            throw new RefusedModelException("the model ends in Softmax, but its values do not sum to 1 for an image;"
                    + " if they are scores, say --logits");
        }
        return true;
    }

    private Object origin(ModelProto model, ForeignSignature signature, boolean softmax) {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("source", "import");
        origin.put("file", String.valueOf(file.getFileName()));
        origin.put("producer", (model.getProducerName() + " " + model.getProducerVersion()).strip());
        origin.put("operatorSet", signature.operatorSet());
        origin.put("gives", softmax ? "logits" : "probabilities");
        origin.put("normalization", normalization);
        return origin;
    }
}
