package io.alexstream.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.alexstream.model.data.Augmentation;
import io.alexstream.model.data.Batch;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Layer;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.Shape;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.network.Weights;
import io.alexstream.model.testing.ReferenceForward;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LearnerTest {

    private static final int BATCH = 3;

    /** The tiny net, and one with normalisation strong enough to matter, not square, with strides that do not divide. */
    static Stream<Network> networks() {
        return Stream.of(
                TinyNet.of(4),
                new Network(
                        "oblong",
                        new Shape(3, 21, 30),
                        List.of(
                                new Layer.Convolution("conv1", 9, 5, 3, 1),
                                new Layer.Relu("relu1"),
                                new Layer.LocalResponseNormalization("norm1", 2, 5, 0.3, 0.75),
                                new Layer.MaxPool("pool1", 3, 2),
                                new Layer.FullyConnected("fc", 6))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void answersAsTheDefinitionsOfItsLayersSay(Network network) {
        TrainingPlan plan = plan(network);
        byte[][] frames = frames(network);
        ReferenceForward reference = new ReferenceForward(network, plan.start());
        try (Learner learner = new Learner(plan)) {
            float[][] answers = learner.probabilities(direct(frames), BATCH);
            for (int i = 0; i < BATCH; i++) {
                double[] expected = reference.probabilities(frames[i]);
                for (int c = 0; c < expected.length; c++) {
                    assertThat((double) answers[i][c]).isCloseTo(expected[c], within(2e-6));
                }
            }
        }
    }

    /** Central differences of the definitions in float64, for some values of each parameter. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void takesTheGradientsOfTheLoss(Network network) {
        TrainingPlan plan = plan(network);
        byte[][] frames = frames(network);
        ReferenceForward reference = new ReferenceForward(network, plan.start());
        SplittableRandom random = new SplittableRandom(11);
        try (Learner learner = new Learner(plan)) {
            Weights gradients = learner.gradients(batch(frames));
            for (Parameter parameter : network.parameters()) {
                float[] found = TinyTraining.values(parameter, gradients);
                double[] values = reference.values(parameter);
                for (int n = 0; n < 12; n++) {
                    int i = random.nextInt(values.length);
                    double expected = slope(reference, frames, values, i);
                    assertThat((double) found[i])
                            .as("%s[%d]", parameter.name(), i)
                            .isCloseTo(expected, within(2e-5 + 1e-4 * Math.abs(expected)));
                }
            }
        }
    }

    private static double slope(ReferenceForward reference, byte[][] frames, double[] values, int i) {
        double step = 1e-6;
        double before = values[i];
        values[i] = before + step;
        double above = loss(reference, frames);
        values[i] = before - step;
        double below = loss(reference, frames);
        values[i] = before;
        return (above - below) / (2 * step);
    }

    private static double loss(ReferenceForward reference, byte[][] frames) {
        double sum = 0;
        for (int i = 0; i < BATCH; i++) {
            sum -= Math.log(reference.probabilities(frames[i])[i]);
        }
        return sum / BATCH;
    }

    @Test
    void movesWeightsByMomentumAndDecay() {
        Network network = TinyNet.of(4);
        TrainingPlan plan = plan(network);
        byte[][] frames = frames(network);
        Parameter last = network.parameters().get(6);
        float[] start = TinyTraining.values(last, plan.start());
        try (Learner learner = new Learner(plan);
                Learner probe = new Learner(plan)) {
            float[] first = TinyTraining.values(last, probe.gradients(batch(frames)));
            learner.step(batch(frames), 0.1, 0);
            float[] once = TinyTraining.values(last, learner.weights());
            float[] second = TinyTraining.values(last, learner.gradients(batch(frames)));
            for (int i = 0; i < start.length; i++) {
                double velocity = first[i] + 5e-4 * start[i];
                assertThat((double) once[i]).isCloseTo(start[i] - 0.1 * velocity, within(1e-7));
            }
            learner.step(batch(frames), 0.05, 0);
            float[] twice = TinyTraining.values(last, learner.weights());
            for (int i = 0; i < start.length; i++) {
                // gradients() left its own behind, and the step's come on top of them.
                double velocity = 0.9 * (first[i] + 5e-4 * start[i]) + 2 * second[i] + 5e-4 * once[i];
                assertThat((double) twice[i]).isCloseTo(once[i] - 0.05 * velocity, within(1e-6));
            }
        }
    }

    @Test
    void shortensLongGradients() {
        Network network = TinyNet.of(4);
        byte[][] frames = frames(network);
        double squares = 0;
        try (Learner limited = new Learner(plan(network, 0.25));
                Learner probe = new Learner(plan(network))) {
            Weights gradients = probe.gradients(batch(frames));
            for (Parameter parameter : network.parameters()) {
                for (float value : TinyTraining.values(parameter, gradients)) {
                    squares += (double) value * value;
                }
            }
            assertThat(squares).isGreaterThan(0.25 * 0.25);
            Parameter last = network.parameters().get(6);
            float[] start = TinyTraining.values(last, limited.weights());
            float[] gradient = TinyTraining.values(last, gradients);
            limited.step(batch(frames), 0.1, 0);
            float[] moved = TinyTraining.values(last, limited.weights());
            for (int i = 0; i < start.length; i++) {
                double velocity = gradient[i] * 0.25 / Math.sqrt(squares) + 5e-4 * start[i];
                assertThat((double) moved[i]).isCloseTo(start[i] - 0.1 * velocity, within(1e-7));
            }
        }
    }

    @Test
    void shiftsColoursAsTheBatchSays() {
        Network network = TinyNet.of(4);
        byte[][] grey = new byte[BATCH][network.input().size()];
        byte[][] lighter = new byte[BATCH][network.input().size()];
        for (int i = 0; i < grey[0].length; i++) {
            for (int frame = 0; frame < BATCH; frame++) {
                grey[frame][i] = 51;
                lighter[frame][i] = (byte) (i % 3 == 0 ? 102 : 51);
            }
        }
        float[] shift = new float[3 * BATCH];
        for (int frame = 0; frame < BATCH; frame++) {
            shift[3 * frame] = 0.2f;
        }
        try (Learner learner = new Learner(plan(network))) {
            Tally shifted = learner.judge(new Batch(direct(grey), new long[] {0, 1, 2}, shift, b -> {}));
            Tally drawn = learner.judge(new Batch(direct(lighter), new long[] {0, 1, 2}, new float[9], b -> {}));
            Tally plain = learner.judge(new Batch(direct(grey), new long[] {0, 1, 2}, new float[9], b -> {}));
            assertThat(shifted.loss()).isCloseTo(drawn.loss(), within(1e-6));
            assertThat(shifted.loss()).isNotCloseTo(plain.loss(), within(1e-4));
        }
    }

    private static TrainingPlan plan(Network network) {
        return plan(network, 0);
    }

    private static TrainingPlan plan(Network network, double maxGradient) {
        Recipe recipe = new Recipe(
                "one", 1, BATCH, new Schedule.OneCycle(0.1), 0.9, 5e-4, maxGradient, false, Augmentation.NONE);
        Weights start = new InitialWeights(network, new Initialization.He(1), 5);
        return new TrainingPlan(
                KnownNetwork.TINYNET, network, start, "init", recipe, Freeze.NONE, Precision.FP32, 1, 1);
    }

    private static byte[][] frames(Network network) {
        SplittableRandom random = new SplittableRandom(3);
        byte[][] frames = new byte[BATCH][network.input().size()];
        for (byte[] frame : frames) {
            random.nextBytes(frame);
        }
        return frames;
    }

    private static Batch batch(byte[][] frames) {
        return new Batch(direct(frames), new long[] {0, 1, 2}, new float[3 * BATCH], buffer -> {});
    }

    private static ByteBuffer direct(byte[][] frames) {
        ByteBuffer all = ByteBuffer.allocateDirect(frames.length * frames[0].length);
        for (byte[] frame : frames) {
            all.put(frame);
        }
        return all.clear();
    }
}
