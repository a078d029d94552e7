package io.alexstream.model.stream;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a folder and its sub-folders, in the order of their names. Taken are files that are named like pictures;
 * what they are is for the job to find out. Hidden files and folders are passed over.
 *
 * @param root absolute, without symbolic links
 * @param leftOut how many files of each other ending there are
 */
public record PictureFolder(Path root, List<Picture> pictures, Map<String, Integer> leftOut) {

    /** Those that the job decodes, and others that people take for pictures: these become dead letters, not silence. */
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("jpe", "image/jpeg"),
            Map.entry("jfif", "image/jpeg"),
            Map.entry("png", "image/png"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("bmp", "image/bmp"),
            Map.entry("tif", "image/tiff"),
            Map.entry("tiff", "image/tiff"),
            Map.entry("heic", "image/heic"),
            Map.entry("avif", "image/avif"),
            Map.entry("svg", "image/svg+xml"));

    public PictureFolder {
        pictures = List.copyOf(pictures);
        leftOut = Map.copyOf(leftOut);
    }

    /**
     * One picture.
     *
     * @param name relative to the root, with slashes: its id
     * @param label the first folder under the root, or null for a file that lies in the root itself
     */
    public record Picture(Path file, String name, @Nullable String label) {

        /** {@code file:///…}, absolute. */
        public String uri() {
            return file.toUri().toString();
        }

        /** By the name's ending, since the job looks at the bytes and not at this. */
        public String mediaType() {
            return MEDIA_TYPES.getOrDefault(ending(file), "application/octet-stream");
        }
    }

    /**
     * Walks the folder.
     *
     * @throws StreamException where there is no such folder, or nothing in it
     */
    public static PictureFolder read(Path folder) {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "is not a folder" : "does not exist";
            throw new StreamException("the folder " + folder + " " + what);
        }
        try {
            Walk walk = new Walk(folder.toRealPath());
            Files.walkFileTree(walk.root, walk);
            if (walk.pictures.isEmpty()) {
                throw new StreamException("no picture lies in " + walk.root + ": none of its files ends in "
                        + MEDIA_TYPES.keySet().stream().sorted().collect(Collectors.joining(", .", ".", "")));
            }
            walk.pictures.sort((a, b) -> a.name().compareTo(b.name()));
            return new PictureFolder(walk.root, walk.pictures, walk.leftOut);
        } catch (IOException | UncheckedIOException e) {
            throw new StreamException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** {@code 12 files left out that are not named like pictures (.txt 10, .json 2)}, or null where there are none. */
    public @Nullable String leftOutMessage() {
        if (leftOut.isEmpty()) {
            return null;
        }
        int files = leftOut.values().stream().mapToInt(Integer::intValue).sum();
        String endings = leftOut.entrySet().stream()
                .sorted((a, b) -> b.getValue() - a.getValue())
                .limit(5)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return files + (files == 1 ? " file" : " files") + " left out, not named like a picture (" + endings
                + (leftOut.size() > 5 ? ", ...)" : ")");
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    private static final class Walk extends SimpleFileVisitor<Path> {

        private final Path root;
        private final List<Picture> pictures = new ArrayList<>();
        private final Map<String, Integer> leftOut = new TreeMap<>();

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isHidden(file)) {
                return FileVisitResult.CONTINUE;
            }
            String ending = ending(file);
            if (MEDIA_TYPES.containsKey(ending) && !Files.isDirectory(file)) {
                pictures.add(picture(file));
            } else {
                leftOut.merge(ending.isEmpty() ? "no ending" : "." + ending, 1, Integer::sum);
            }
            return FileVisitResult.CONTINUE;
        }

        private Picture picture(Path file) {
            Path relative = root.relativize(file);
            List<String> names = new ArrayList<>();
            relative.forEach(name -> names.add(name.toString()));
            return new Picture(file, String.join("/", names), names.size() > 1 ? names.get(0) : null);
        }

        private static boolean isHidden(Path path) {
            return path.getFileName() != null && path.getFileName().toString().startsWith(".");
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // gone while we walked
            }
            leftOut.merge("unreadable", 1, Integer::sum);
            return FileVisitResult.CONTINUE;
        }
    }
}
