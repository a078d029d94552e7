package io.alexstream.model.data;

import io.alexstream.model.stream.PictureFolder;
import io.alexstream.model.stream.PictureFolder.Picture;
import io.alexstream.model.stream.StreamException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder with one sub-folder a class: the convention of torchvision's ImageFolder. */
public final class ImageFolder {

    private ImageFolder() {}

    /** Lists the folder; what is wrong with it is among the problems of the result. */
    public static LabelledImages read(Path folder) {
        List<LabelledImage> images = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        try {
            PictureFolder found = PictureFolder.read(folder);
            Set<String> empty = subFolders(found.root());
            int loose = 0;
            for (Picture picture : found.pictures()) {
                String label = picture.label();
                if (label == null) {
                    loose++;
                } else {
                    images.add(new LabelledImage(picture.name(), picture.uri(), label));
                    empty.remove(label);
                }
            }
            if (loose > 0) {
                notes.add(loose + (loose == 1 ? " picture lies" : " pictures lie") + " in no class's sub-folder of "
                        + folder + " and will not be used");
            }
            empty.forEach(name -> problems.add("the class '" + name + "' is empty: "
                    + (Files.isSymbolicLink(found.root().resolve(name))
                            ? folder.resolve(name) + " is a symbolic link, which is not followed; put a folder there"
                            : "no picture lies in " + folder.resolve(name))));
            if (images.isEmpty() && problems.isEmpty()) {
                problems.add(
                        "no picture lies in a sub-folder of " + folder + "; each class needs one, named by its label");
            }
            String leftOut = found.leftOutMessage();
            if (leftOut != null) {
                notes.add(leftOut);
            }
            return new LabelledImages(images, List.of(found.root().toString() + "/"), problems, notes);
        } catch (StreamException | IOException e) {
            return new LabelledImages(List.of(), List.of(), List.of(String.valueOf(e.getMessage())), List.of());
        }
    }

    private static Set<String> subFolders(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> entries = Files.list(root)) {
            entries.filter(Files::isDirectory)
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .forEach(names::add);
        }
        return names;
    }
}
