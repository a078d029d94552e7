package io.alexstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InitialWeightsTest {

    private final Network network = AlexNet.of(10, false);

    @Test
    void drawsTheSameForASeedWhateverTheChunks() {
        float[] whole = read(Initialization.he(), 7, "conv3.weight", 1000);
        Weights.ValueStream parts = new InitialWeights(network, Initialization.he(), 7).open(parameter("conv3.weight"));
        float[] part = new float[300];
        parts.next(part, 3);
        parts.next(part, 297);
        assertThat(part[296]).isEqualTo(whole[299]);
        assertThat(read(Initialization.he(), 8, "conv3.weight", 1000)).isNotEqualTo(whole);
        assertThat(read(Initialization.he(), 7, "conv4.weight", 1000)).isNotEqualTo(whole);
    }

    /** Pins the generator: another value here would break the promise that a seed names the same weights for ever. */
    @Test
    void drawsTheseVeryDeviates() {
        NormalDeviates deviates = new NormalDeviates(1, 0);
        double[] drawn = IntStream.range(0, 4).mapToDouble(i -> deviates.next()).toArray();
        assertThat(drawn)
                .containsExactly(-1.7004515586783435, -1.8802876015199186, 0.16593460708419905, 1.3270651066541646);
    }

    @Test
    void drawsNormalDeviates() {
        NormalDeviates deviates = new NormalDeviates(3, 1);
        double[] values =
                IntStream.range(0, 200_000).mapToDouble(i -> deviates.next()).toArray();
        assertThat(moment(values, 1)).isCloseTo(0, within(0.01));
        assertThat(moment(values, 2)).isCloseTo(1, within(0.02));
        assertThat(moment(values, 3)).isCloseTo(0, within(0.05));
        assertThat(moment(values, 4)).isCloseTo(3, within(0.1));
    }

    @Test
    void scalesByFanInAndTheLastLayerDown() {
        assertThat(deviation(read(Initialization.he(), 1, "conv2.weight", 100_000)))
                .isCloseTo(Math.sqrt(2.0 / 2400), within(2e-4));
        assertThat(deviation(read(Initialization.he(), 1, "fc8.weight", 40_000)))
                .isCloseTo(0.1 * Math.sqrt(2.0 / 4096), within(2e-5));
        assertThat(read(Initialization.he(), 1, "conv2.bias", 256)).containsOnly(0);
    }

    /** ReLU and pools give positive values: rows of another sum pass on what all images have in common, and multiply it. */
    @Test
    void drawsRowsThatSumToZero() {
        for (String name : new String[] {"conv1.weight", "conv2.weight", "fc7.weight"}) {
            int fanIn = parameter(name).fanIn();
            float[] rows = read(Initialization.he(), 3, name, 3 * fanIn);
            for (int row = 0; row < 3; row++) {
                double sum = 0;
                for (int i = 0; i < fanIn; i++) {
                    sum += rows[row * fanIn + i];
                }
                assertThat(sum).as(name).isCloseTo(0, within(1e-5));
            }
        }
        double sum = 0;
        for (float value : read(Initialization.paper(), 3, "conv1.weight", 363)) {
            sum += value;
        }
        assertThat(Math.abs(sum)).isGreaterThan(1e-3);
    }

    @Test
    void drawsThePapersDeviationAndBiases() {
        assertThat(deviation(read(Initialization.paper(), 1, "fc7.weight", 100_000)))
                .isCloseTo(0.01, within(1e-4));
        for (String layer : new String[] {"conv2", "conv4", "conv5", "fc6", "fc7"}) {
            assertThat(read(Initialization.paper(), 1, layer + ".bias", 256)).containsOnly(1);
        }
        for (String layer : new String[] {"conv1", "conv3", "fc8"}) {
            assertThat(read(Initialization.paper(), 1, layer + ".bias", 10)).containsOnly(0);
        }
    }

    private float[] read(Initialization initialization, long seed, String name, int count) {
        float[] values = new float[count];
        new InitialWeights(network, initialization, seed).open(parameter(name)).next(values, count);
        return values;
    }

    private Parameter parameter(String name) {
        return network.parameters().stream()
                .filter(parameter -> parameter.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static double deviation(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum / values.length);
    }

    private static double moment(double[] values, int power) {
        double sum = 0;
        for (double value : values) {
            sum += Math.pow(value, power);
        }
        return sum / values.length;
    }
}
