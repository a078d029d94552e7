package io.alexstream.demo;

import io.alexstream.contract.ImageLabel;
import io.alexstream.model.stream.PictureFolder;
import io.alexstream.model.stream.StreamException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What is sent, and where the job may read it.
 *
 * @param root the one folder of which the job may read files
 * @param inputs in the order of sending
 * @param description for people
 * @param remark something else to know, or the empty text
 * @param truths the class of each picture where it is known, by its name
 * @param labels of other pictures, to learn from
 */
record DemoPictures(
        Path root,
        List<DemoInput> inputs,
        String description,
        String remark,
        Map<String, String> truths,
        List<ImageLabel> labels) {

    /** The folder of the pictures in the stream, with one sub-folder a class. */
    static final String STREAM = "stream";

    /** Enough to learn ten textures from, few enough for a story of five minutes on two cores. */
    private static final int LABELLED = 560;

    DemoPictures {
        inputs = List.copyOf(inputs);
        truths = Map.copyOf(truths);
        labels = List.copyOf(labels);
    }

    /** Draws pictures of ten textures, {@code count} for the stream and others to learn from, and mixes bad input under the first. */
    static DemoPictures textures(Path folder, int count, Steps.Step step) throws IOException {
        Folders.empty(folder);
        Path root = folder.toRealPath();
        int all = count + LABELLED;
        AtomicInteger drawn = new AtomicInteger();
        TexturePictures pictures = new TexturePictures(
                root, () -> step.say("drawing pictures: " + drawn.incrementAndGet() + " of " + all));
        List<DemoInput> good = pictures.references(STREAM, count);
        List<ImageLabel> labels = pictures.labels("labelled", LABELLED);
        List<DemoInput> bad = BadInputs.in(root);
        return new DemoPictures(
                root,
                mixed(good, bad),
                good.size() + " of ten textures for the stream, " + labels.size() + " others with labels, " + bad.size()
                        + " bad or odd inputs",
                "",
                TexturePictures.truths(good),
                labels);
    }

    private static List<DemoInput> mixed(List<DemoInput> good, List<DemoInput> bad) {
        List<DemoInput> inputs = new ArrayList<>(good);
        inputs.addAll(bad);
        // A fixed seed: every run sends in the same order.
        Collections.shuffle(inputs, new Random(1));
        return inputs;
    }

    /** Draws pictures into {@code folder}, and mixes bad input under them. */
    static DemoPictures drawn(Path folder, int count, Steps.Step step) throws IOException {
        Folders.empty(folder);
        Path root = folder.toRealPath();
        DrawnPictures pictures =
                new DrawnPictures(root, drawn -> step.say("drawing pictures: " + drawn + " of " + count));
        List<DemoInput> good = pictures.draw(count);
        List<DemoInput> bad = BadInputs.in(root);
        return new DemoPictures(
                root,
                mixed(good, bad),
                good.size() + " drawn (JPEG, PNG, WebP, GIF, BMP), " + bad.size() + " bad or odd inputs",
                "",
                Map.of(),
                List.of());
    }

    /** The user's own pictures. */
    static DemoPictures of(Path folder) {
        try {
            PictureFolder found = PictureFolder.read(folder);
            List<DemoInput> inputs = found.pictures().stream()
                    .map(picture -> DemoInput.reference(picture.name(), picture.uri(), Expected.anything()))
                    .toList();
            String leftOut = found.leftOutMessage();
            return new DemoPictures(
                    found.root(),
                    inputs,
                    inputs.size() + (inputs.size() == 1 ? " picture in " : " pictures in ") + found.root(),
                    leftOut == null ? "" : leftOut,
                    Map.of(),
                    List.of());
        } catch (StreamException e) {
            throw new DemoException("-Dimages: " + e.getMessage(), e);
        }
    }
}
