package io.alexstream.demo;

import io.alexstream.model.stream.PictureFolder;
import io.alexstream.model.stream.StreamException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What is sent, and where the job may read it.
 *
 * @param root the one folder of which the job may read files
 * @param inputs in the order of sending
 * @param description for people
 * @param remark something else to know, or the empty text
 */
record DemoPictures(Path root, List<DemoInput> inputs, String description, String remark) {

    DemoPictures {
        inputs = List.copyOf(inputs);
    }

    /** Draws pictures into {@code folder}, and mixes bad input under them. */
    static DemoPictures drawn(Path folder, int count, Steps.Step step) throws IOException {
        Folders.empty(folder);
        Path root = folder.toRealPath();
        DrawnPictures pictures =
                new DrawnPictures(root, drawn -> step.say("drawing pictures: " + drawn + " of " + count));
        List<DemoInput> inputs = new ArrayList<>(pictures.draw(count));
        int good = inputs.size();
        List<DemoInput> bad = BadInputs.in(root);
        inputs.addAll(bad);
        // A fixed seed: every run sends in the same order.
        Collections.shuffle(inputs, new Random(1));
        return new DemoPictures(
                root, inputs, good + " drawn (JPEG, PNG, WebP, GIF, BMP), " + bad.size() + " bad or odd inputs", "");
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
                    leftOut == null ? "" : leftOut);
        } catch (StreamException e) {
            throw new DemoException("-Dimages: " + e.getMessage(), e);
        }
    }
}
