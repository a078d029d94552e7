package io.alexstream.demo;

import io.alexstream.model.stream.InlineUri;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Some hundred pictures of all kinds, scenes and sizes, as files in a folder, and a few inside their references. */
final class DrawnPictures {

    private static final List<PictureKind> KINDS = List.of(PictureKind.values());
    private static final List<Scene> SCENES = List.of(Scene.values());

    /** Every tenth picture travels inside its reference, if it is small enough. */
    private static final int INLINE_EVERY = 10;

    /** Far below the job's limit for inline pictures. */
    private static final int INLINE_BYTES = 100_000;

    private final Path folder;
    private final IntConsumer progress;
    private final AtomicInteger drawn = new AtomicInteger();

    /** @param progress is told how many are drawn, from any thread */
    DrawnPictures(Path folder, IntConsumer progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /** Draws on all cores; the same count gives the same pictures. */
    List<DemoInput> draw(int count) {
        List<DemoInput> inputs = new ArrayList<>(
                IntStream.range(0, count).parallel().mapToObj(this::picture).toList());
        List<byte[]> webp = WebpPictures.all();
        for (int i = 0; i < webp.size(); i++) {
            inputs.add(file("webp/picture-" + i + ".webp", webp.get(i)));
        }
        return inputs;
    }

    private DemoInput picture(int number) {
        SplittableRandom random = new SplittableRandom(number);
        PictureKind kind = KINDS.get(number % KINDS.size());
        Scene scene = SCENES.get(number % SCENES.size());
        try {
            byte[] bytes = kind.draw(scene, side(random), side(random), number);
            progress.accept(drawn.incrementAndGet());
            String name = String.format(Locale.ROOT, "%s/%s-%03d.%s", scene, kind, number, kind.ending())
                    .toLowerCase(Locale.ROOT);
            if (number % INLINE_EVERY == 0 && bytes.length <= INLINE_BYTES) {
                return DemoInput.reference(
                        "inline/" + name, InlineUri.of(kind.mediaType(), bytes), Expected.classification());
            }
            return file(name, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** From thumbnails to more than a screen; most are small. */
    private static int side(SplittableRandom random) {
        return (int) (48 * Math.pow(20, Math.pow(random.nextDouble(), 1.5)));
    }

    private DemoInput file(String name, byte[] bytes) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DemoInput.reference(name, file.toUri().toString(), Expected.classification());
    }
}
