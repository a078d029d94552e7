package io.alexstream.model.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.contract.Json;
import io.alexstream.contract.ModelManifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingLogTest {

    private static TrainingLog log(String training) throws IOException {
        String json = """
                {"name":"n","version":1,"createdAt":"2026-11-24T00:00:00Z","labels":["a"],"training":%s,
                 "files":{"model.onnx":{"sha256":"%s","size":1}},
                 "input":{"height":8,"width":8,"resize":8,"crop":"center","interpolation":"bilinear-antialias"},
                 "golden":{"frames":"model.onnx","tolerance":0.1,"expected":[{"classes":[0],"probabilities":[1]}]}}
                """.formatted(training, "0".repeat(64));
        return TrainingLog.of(Json.fromBytes(json.getBytes(StandardCharsets.UTF_8), ModelManifest.class));
    }

    @Test
    void readsWhatTheTrainerWrites() throws IOException {
        TrainingLog log = log("""
                {"source":"train","seed":7,"recipe":{"name":"small","epochs":4,"batchSize":32,"more":1},"history":[{"epoch":1,
                 "train":{"lossSum":4.0,"top1":1,"top5":2,"images":2},
                 "heldOut":{"lossSum":1.0,"top1":1,"top5":1,"images":1},"rate":0.1,"seconds":3.5}]}""");
        assertThat(log.seed()).isEqualTo(7);
        assertThat(log.epochs())
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.train().loss()).isEqualTo(2));
        assertThat(TrainingCurves.of(log)).contains("<polyline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "3", "\"by hand\"", "[]", "{\"history\":[null,{\"epoch\":1}]}", "{\"history\":\"long\"}"
            })
    void whatAnotherProgramWroteIsNoTraining(String training) throws IOException {
        TrainingLog log = log(training);
        assertThat(log.epochs()).isEmpty();
        assertThat(TrainingCurves.of(log)).isEmpty();
    }
}
