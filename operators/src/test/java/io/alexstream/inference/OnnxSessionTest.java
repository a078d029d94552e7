package io.alexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.alexstream.testing.TinyOnnx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real ONNX Runtime on CPU, with a model made in the test. */
class OnnxSessionTest {

    private static final int FRAME = TinyOnnx.SIDE * TinyOnnx.SIDE * 3;

    @TempDir
    private Path folder;

    @Test
    void answersEachFrameOfABatch() throws IOException {
        try (InferenceSession session = open(TinyOnnx.model())) {
            assertThat(session.signature()).isEqualTo(new ModelSignature(TinyOnnx.SIDE, TinyOnnx.SIDE, 3));
            assertThat(session.executionProvider()).isEqualTo(ExecutionProvider.CPU);
            ByteBuffer frames = ByteBuffer.allocateDirect(4 * FRAME);
            paint(frames, 0, 3, 1, 2);
            paint(frames, 1, 5, 9, 9);
            frames.position(7);

            TopK answers = session.run(frames, 2);

            assertThat(answers.count()).isEqualTo(2);
            // e^3 / (e^3 + e^2 + e^1) and so on; equal values by rising index.
            assertThat(answers.classes()).containsExactly(0, 2, 1, 1, 2, 0);
            assertThat(answers.probabilities())
                    .containsExactly(new float[] {0.6652f, 0.2447f, 0.0900f, 0.4955f, 0.4955f, 0.0091f}, within(1e-4f));
            assertThat(frames.position()).isEqualTo(7);
        }
    }

    @Test
    void refusesFramesThatDoNotFitTheBuffer() throws IOException {
        try (InferenceSession session = open(TinyOnnx.model())) {
            assertKind(() -> session.run(ByteBuffer.allocateDirect(FRAME), 2), InferenceException.Kind.INPUT_INVALID);
        }
    }

    @Test
    void closesOnceHoweverOftenItIsAsked() throws IOException {
        InferenceSession session = open(TinyOnnx.model());
        session.close();
        session.close();
    }

    @Test
    void refusesAModelWithAnotherSignature() throws IOException {
        assertRefused(TinyOnnx.model("picture", TensorProto.DataType.UINT8_VALUE, 3), "inputs are [picture]");
        assertRefused(TinyOnnx.model("image", TensorProto.DataType.INT32_VALUE, 3), "image is INT32");
        assertRefused(TinyOnnx.model("image", TensorProto.DataType.UINT8_VALUE, 4), "[N, height, width, 3]");
    }

    @Test
    void refusesBytesThatAreNoModel() {
        assertRefused(new byte[] {1, 2, 3}, "cannot load model.onnx");
    }

    @Test
    void refusesCudaWhereItCannotBeUsedAndSaysWhatToDo() throws IOException {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.exists(Path.of("/proc/driver/nvidia")), "this machine has a CUDA device");
        SessionOptions options = new SessionOptions(SessionOptions.Preference.CUDA, 1, 0, Map.of());
        Path model = write(TinyOnnx.model());
        assertThatThrownBy(() -> new OnnxSessionFactory(options).open(model))
                .isInstanceOfSatisfying(
                        InferenceException.class,
                        e -> assertThat(e.kind()).isEqualTo(InferenceException.Kind.PROVIDER_UNAVAILABLE))
                .hasMessageContaining("inference.execution-provider");
    }

    @ParameterizedTest
    @EnumSource(
            value = SessionOptions.Preference.class,
            names = {"AUTO", "CPU"})
    void runsOnCpuWhereCudaIsNotThere(SessionOptions.Preference preference) throws IOException {
        org.junit.jupiter.api.Assumptions.assumeFalse(
                Files.exists(Path.of("/proc/driver/nvidia")), "this machine has a CUDA device");
        SessionOptions options = new SessionOptions(preference, 1, 0, Map.of());
        try (InferenceSession session = new OnnxSessionFactory(options).open(write(TinyOnnx.model()))) {
            assertThat(session.executionProvider()).isEqualTo(ExecutionProvider.CPU);
            assertThat(session.run(ByteBuffer.allocateDirect(FRAME), 1).count()).isEqualTo(1);
        }
    }

    private void assertRefused(byte[] model, String reason) {
        assertThatThrownBy(() -> open(model).close())
                .isInstanceOfSatisfying(
                        InferenceException.class,
                        e -> assertThat(e.kind()).isEqualTo(InferenceException.Kind.MODEL_INVALID))
                .hasMessageContaining(reason);
    }

    private static void assertKind(Runnable action, InferenceException.Kind kind) {
        assertThatThrownBy(action::run)
                .isInstanceOfSatisfying(
                        InferenceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    private InferenceSession open(byte[] model) throws IOException {
        return new OnnxSessionFactory(SessionOptions.cpu(1)).open(write(model));
    }

    private Path write(byte[] model) throws IOException {
        return Files.write(folder.resolve("model.onnx"), model);
    }

    private static void paint(ByteBuffer frames, int frame, int red, int green, int blue) {
        for (int pixel = 0; pixel < FRAME / 3; pixel++) {
            int at = frame * FRAME + 3 * pixel;
            frames.put(at, (byte) red).put(at + 1, (byte) green).put(at + 2, (byte) blue);
        }
    }
}
