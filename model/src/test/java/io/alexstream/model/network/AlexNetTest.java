package io.alexstream.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AlexNetTest {

    private final Network network = AlexNet.of(1000, false);

    @Test
    void hasTheParametersAndMultiplyAddsOfTheSingleTowerNetwork() {
        assertThat(network.parameterCount()).isEqualTo(62_378_344L);
        assertThat(network.multiplyAdds()).isEqualTo(1_135_256_096L);
    }

    @Test
    void givesEachLayerItsShape() {
        Map<String, String> shapes = network.placed().stream()
                .collect(Collectors.toMap(
                        placed -> placed.layer().name(),
                        placed -> placed.output().toString()));
        assertThat(shapes)
                .containsEntry("conv1", "96x55x55")
                .containsEntry("pool1", "96x27x27")
                .containsEntry("conv2", "256x27x27")
                .containsEntry("pool2", "256x13x13")
                .containsEntry("conv3", "384x13x13")
                .containsEntry("conv4", "384x13x13")
                .containsEntry("conv5", "256x13x13")
                .containsEntry("pool5", "256x6x6")
                .containsEntry("fc6", "4096x1x1")
                .containsEntry("fc7", "4096x1x1")
                .containsEntry("fc8", "1000x1x1");
    }

    @Test
    void givesEachLayerItsParametersAndMultiplyAdds() {
        assertThat(parameters("conv1")).isEqualTo(34_944);
        assertThat(parameters("conv2")).isEqualTo(614_656);
        assertThat(parameters("conv3")).isEqualTo(885_120);
        assertThat(parameters("conv4")).isEqualTo(1_327_488);
        assertThat(parameters("conv5")).isEqualTo(884_992);
        assertThat(parameters("fc6")).isEqualTo(37_752_832);
        assertThat(parameters("fc7")).isEqualTo(16_781_312);
        assertThat(parameters("fc8")).isEqualTo(4_097_000);
        assertThat(layer("conv1").multiplyAdds()).isEqualTo(105_415_200);
        assertThat(layer("conv2").multiplyAdds()).isEqualTo(447_897_600);
        assertThat(layer("fc6").multiplyAdds()).isEqualTo(37_748_736);
        assertThat(layer("pool5").multiplyAdds()).isZero();
    }

    @Test
    void putsTheNormalisationBetweenReluAndPoolWhenAsked() {
        List<String> names =
                AlexNet.of(1000, true).layers().stream().map(Layer::name).toList();
        assertThat(names).containsSubsequence("conv1", "relu1", "norm1", "pool1", "conv2", "relu2", "norm2", "pool2");
        assertThat(AlexNet.of(1000, true).parameterCount()).isEqualTo(62_378_344L);
        assertThat(network.layers()).noneMatch(Layer.LocalResponseNormalization.class::isInstance);
    }

    @Test
    void countsTheTinyNetwork() {
        assertThat(TinyNet.of(10).parameterCount()).isEqualTo(9_226);
    }

    @Test
    void refusesTablesThatCannotWork() {
        Shape image = new Shape(3, 8, 8);
        Layer.FullyConnected last = new Layer.FullyConnected("fc", 2);
        assertThatThrownBy(() -> new Network("n", image, List.of(last, last))).hasMessageContaining("two layers");
        assertThatThrownBy(() -> new Network("n", image, List.of(new Layer.Relu("relu"))))
                .hasMessageContaining("fully connected");
        Network tooDeep = new Network("n", image, List.of(new Layer.MaxPool("pool", 9, 2), last));
        assertThatThrownBy(tooDeep::placed).hasMessageContaining("pool").hasMessageContaining("8 pixels");
    }

    private long parameters(String name) {
        return layer(name).parameters().stream().mapToLong(Parameter::size).sum();
    }

    private PlacedLayer layer(String name) {
        return network.placed().stream()
                .filter(placed -> placed.layer().name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
