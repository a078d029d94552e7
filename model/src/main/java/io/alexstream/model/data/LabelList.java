package io.alexstream.model.data;

import io.alexstream.contract.Json;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A file of labels: CSV lines {@code uri,label}, or JSON lines {@code {"uri":…,"label":…}}, by its ending {@code .jsonl}.
 * A URI without a scheme is a path relative to the file.
 */
public final class LabelList {

    private LabelList() {}

    private record Line(@Nullable String uri, @Nullable String label) {}

    /** Reads the file; what is wrong with it is among the problems of the result. */
    public static LabelledImages read(Path file) {
        List<LabelledImage> images = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".jsonl");
        Path folder = file.toAbsolutePath().normalize().getParent();
        try {
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            for (int i = 0; i < lines.size(); i++) {
                String line = i == 0 && lines.get(0).startsWith("\uFEFF")
                        ? lines.get(0).substring(1)
                        : lines.get(i);
                if (line.isBlank() || (i == 0 && !json && isHeader(line))) {
                    continue;
                }
                try {
                    images.add(image(json ? fromJson(line) : fromCsv(line), folder));
                } catch (IOException | IllegalArgumentException e) {
                    problems.add("line " + (i + 1) + " of " + file + ": " + e.getMessage());
                }
            }
            if (images.isEmpty() && problems.isEmpty()) {
                problems.add(file + " has no labels; it needs lines uri,label");
            }
        } catch (CharacterCodingException e) {
            problems.add(file + " is not UTF-8 text; convert it");
        } catch (IOException e) {
            problems.add(file + " cannot be read: " + e.getMessage());
        }
        List<LabelledImage> latest = LabelledImages.latest(images);
        return new LabelledImages(
                latest,
                folder == null ? List.of("data:") : List.of(folder + "/", "data:"),
                LabelledImages.few(problems),
                notes(images.size() - latest.size(), file));
    }

    private static List<String> notes(int repeated, Path file) {
        return repeated == 0
                ? List.of()
                : List.of(repeated + (repeated == 1 ? " line of " : " lines of ") + file
                        + " name an image that a later line names again; the last label counts");
    }

    private static boolean isHeader(String line) {
        return line.strip().equalsIgnoreCase("uri,label");
    }

    private static LabelledImage image(Line line, @Nullable Path folder) {
        String uri = line.uri();
        String label = line.label();
        if (uri == null || uri.isBlank() || label == null || label.isBlank()) {
            throw new IllegalArgumentException("a uri and a label are needed");
        }
        boolean isUri = uri.matches("[A-Za-z][A-Za-z0-9+.-]+:.*");
        if (isUri || folder == null) {
            return new LabelledImage(uri, uri, label.strip());
        }
        Path picture = folder.resolve(uri).normalize();
        // One image has one key, however its path is written: else it could be trained with and held out too.
        Path key = picture.startsWith(folder) ? folder.relativize(picture) : picture;
        return new LabelledImage(key.toString(), picture.toUri().toString(), label.strip());
    }

    private static Line fromJson(String line) throws IOException {
        return Json.fromBytes(line.getBytes(StandardCharsets.UTF_8), Line.class);
    }

    /** RFC 4180 within a line: fields may be quoted, a quote within them is doubled. */
    private static Line fromCsv(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append(c);
                i++;
            } else if (c == '"' && (quoted || field.isEmpty())) {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        if (quoted || fields.size() != 2) {
            throw new IllegalArgumentException(
                    "expected uri,label, found " + (quoted ? "a quote that does not end" : fields.size() + " fields"));
        }
        return new Line(fields.get(0).strip(), fields.get(1));
    }
}
