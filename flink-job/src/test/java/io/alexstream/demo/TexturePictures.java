package io.alexstream.demo;

import io.alexstream.contract.ImageLabel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pictures of the ten textures as files, in folders of one class each: some for the stream, others to learn from. */
final class TexturePictures {

    private static final List<Texture> TEXTURES = List.of(Texture.values());

    /** What a texture survives; black-and-white dithering draws a texture of its own. */
    private static final List<PictureKind> KINDS = List.of(
            PictureKind.JPEG,
            PictureKind.JPEG_FINE,
            PictureKind.JPEG_COARSE,
            PictureKind.JPEG_PROGRESSIVE,
            PictureKind.JPEG_GRAY,
            PictureKind.PNG,
            PictureKind.PNG_PALETTE,
            PictureKind.GIF,
            PictureKind.BMP);

    private final Path folder;
    private final Runnable progress;

    /** @param progress is run after each picture, on any thread */
    TexturePictures(Path folder, Runnable progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** One picture as a file. */
    private record Picture(String name, Path file, Texture texture) {}

    /** References to that many pictures, written below {@code <folder>/<part>/<class>/}. */
    List<DemoInput> references(String part, int count) {
        return draw(part, count, 0)
                .map(picture -> DemoInput.reference(
                        picture.name(), picture.file().toUri().toString(), Expected.classification()))
                .toList();
    }

    /** Labels of that many other pictures. */
    List<ImageLabel> labels(String part, int count) {
        return draw(part, count, 1_000_000)
                .map(picture -> new ImageLabel(
                        picture.name(),
                        picture.file().toUri().toString(),
                        picture.texture().label()))
                .toList();
    }

    /** What the names of pictures say that they show. */
    static Map<String, String> truths(List<DemoInput> inputs) {
        return inputs.stream()
                .collect(Collectors.toMap(DemoInput::name, input -> input.name().split("/", 3)[1]));
    }

    private Stream<Picture> draw(String part, int count, int firstSeed) {
        return IntStream.range(0, count).parallel().mapToObj(i -> picture(part, i, firstSeed + i));
    }

    private Picture picture(String part, int number, int seed) {
        Texture texture = TEXTURES.get(number % TEXTURES.size());
        // Every class in every kind: neither count divides the other.
        PictureKind kind = KINDS.get(number % KINDS.size());
        SplittableRandom random = new SplittableRandom(seed);
        String name =
                String.format(Locale.ROOT, "%s/%s/%s-%03d.%s", part, texture.label(), kind, number, kind.ending());
        Path file = folder.resolve(name.toLowerCase(Locale.ROOT));
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, kind.draw(texture, side(random), side(random), seed));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        progress.run();
        return new Picture(name.toLowerCase(Locale.ROOT), file, texture);
    }

    private static int side(SplittableRandom random) {
        return random.nextInt(200, 360);
    }
}
