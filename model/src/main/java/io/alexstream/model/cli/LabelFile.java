package io.alexstream.model.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Labels as people keep them: one a line, in the order of the classes; the whole line is the label. */
final class LabelFile {

    /** Larger files are no label files: 4 MiB are 100,000 labels of 40 letters, and a manifest may have 16. */
    private static final long MAX_BYTES = 4L << 20;

    private LabelFile() {}

    /** Reads the file; what is wrong with it is added to the problems, and an empty list given. */
    static List<String> read(String option, Path file, Problems problems) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                problems.add(option + ": " + file + " is larger than " + MAX_BYTES + " bytes; is it a label file?");
                return List.of();
            }
            return checked(option, file, Files.readAllLines(file, StandardCharsets.UTF_8), problems);
        } catch (CharacterCodingException e) {
            problems.add(option + ": " + file + " is not UTF-8 text; convert it");
        } catch (IOException e) {
            problems.add(option + ": " + Failures.oneLine(e));
        }
        return List.of();
    }

    private static List<String> checked(String option, Path file, List<String> lines, Problems problems) {
        List<String> labels = lines.stream().map(LabelFile::clean).toList();
        int end = labels.size();
        while (end > 0 && labels.get(end - 1).isEmpty()) {
            end--;
        }
        labels = labels.subList(0, end);
        int empty = labels.indexOf("");
        if (labels.isEmpty()) {
            problems.add(option + ": " + file + " has no labels; it needs one a line");
        } else if (empty >= 0) {
            problems.add(option + ": line " + (empty + 1) + " of " + file + " is empty; every class needs a label");
            return List.of();
        }
        return labels;
    }

    /** Without the byte order mark that some editors put in front, and spaces at the ends. */
    private static String clean(String line) {
        return (line.startsWith("\uFEFF") ? line.substring(1) : line).strip();
    }

    /** Labels where none are given: {@code class-0}, {@code class-1} … */
    static List<String> numbered(int classes) {
        return IntStream.range(0, classes).mapToObj(index -> "class-" + index).toList();
    }
}
