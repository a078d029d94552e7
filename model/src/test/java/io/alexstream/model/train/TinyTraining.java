package io.alexstream.model.train;

import io.alexstream.contract.InputSpec;
import io.alexstream.model.data.Augmentation;
import io.alexstream.model.data.ImageFolder;
import io.alexstream.model.data.LabelledFrames.Unreadable;
import io.alexstream.model.data.LabelledImages;
import io.alexstream.model.data.TrainingImages;
import io.alexstream.model.data.TrainingSet;
import io.alexstream.model.network.InitialWeights;
import io.alexstream.model.network.Initialization;
import io.alexstream.model.network.KnownNetwork;
import io.alexstream.model.network.Network;
import io.alexstream.model.network.Parameter;
import io.alexstream.model.network.TinyNet;
import io.alexstream.model.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training of the tiny net that takes a moment. */
final class TinyTraining {

    static final InputSpec INPUT = InputSpec.square(TinyNet.INPUT_SIZE, TinyNet.RESIZE);

    private TinyTraining() {}

    static TrainingPlan plan(Recipe recipe, long seed) {
        return plan(recipe, seed, Freeze.NONE, Precision.FP32);
    }

    static TrainingPlan plan(Recipe recipe, long seed, Freeze freeze, Precision precision) {
        Network network = TinyNet.of(3);
        return new TrainingPlan(
                KnownNetwork.TINYNET,
                network,
                new InitialWeights(network, Initialization.he(), 7),
                "init",
                recipe,
                freeze,
                precision,
                seed,
                1);
    }

    /** With everything that is random: crops, flips, colours, dropout. */
    static Recipe lively(int epochs) {
        return new Recipe("lively", epochs, 8, new Schedule.OneCycle(0.05), 0.9, 5e-4, 1, true, Augmentation.PAPER);
    }

    static Recipe quick(int epochs) {
        return new Recipe(
                "quick",
                epochs,
                8,
                new Schedule.OneCycle(0.05),
                0.9,
                5e-4,
                1,
                false,
                new Augmentation(true, false, false));
    }

    static TrainingImages images(Path folder) {
        return images(folder, Long.MAX_VALUE);
    }

    static TrainingImages images(Path folder, long keepBytes) {
        LabelledImages found = ImageFolder.read(folder);
        TrainingSet set = TrainingSet.of(found.images(), List.of(), 0.25);
        return TrainingImages.open(set, found.allowedUris(), INPUT, 0, keepBytes, 2, new SilentReading());
    }

    static final class SilentReading implements TrainingImages.Listener {

        final List<Unreadable> unreadable = new ArrayList<>();

        @Override
        public void read(int done, int total) {}

        @Override
        public void unreadable(Unreadable image) {
            unreadable.add(image);
        }
    }

    /** All values, to be compared to the bit. */
    static Map<String, List<Integer>> bits(Network network, Weights weights) {
        Map<String, List<Integer>> bits = new LinkedHashMap<>();
        for (Parameter parameter : network.parameters()) {
            float[] values = values(parameter, weights);
            List<Integer> list = new ArrayList<>(values.length);
            for (float value : values) {
                list.add(Float.floatToRawIntBits(value));
            }
            bits.put(parameter.name(), list);
        }
        return bits;
    }

    static float[] values(Parameter parameter, Weights weights) {
        float[] values = new float[Math.toIntExact(parameter.size())];
        weights.open(parameter).next(values, values.length);
        return values;
    }
}
