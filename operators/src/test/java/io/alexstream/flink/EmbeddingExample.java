package io.alexstream.flink;

import io.alexstream.contract.ImageReference;
import org.apache.flink.streaming.api.datastream.DataStream;

/** The README's example of embedding: what stands between the markers stands there too, which a test compares. */
final class EmbeddingExample {

    private EmbeddingExample() {}

    static ClassifiedStream<String> classify(DataStream<String> uris) {
        // readme:begin
        ClassifiedStream<String> images = ImageClassification.builder()
                .modelPackage("file:///models/alexnet/1")
                .allowedUris("file:///data/images/")
                .build()
                .classify(uris, ImageReference::of);
        // readme:end
        return images;
    }
}
