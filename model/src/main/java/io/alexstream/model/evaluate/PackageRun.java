package io.alexstream.model.evaluate;

import io.alexstream.contract.InputSpec;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.ModelSignature;
import io.alexstream.inference.SessionFactory;
import io.alexstream.inference.TopK;
import io.alexstream.model.data.LabelIndex;
import io.alexstream.model.data.LabelledImage;
import io.alexstream.serving.ModelPackage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One package that is asked about images, in batches. Confined to one thread; the caller closes. */
final class PackageRun implements AutoCloseable {

    /** The job's default of batch.max-size. */
    private static final int MOST_FRAMES = 32;

    /** For packages of large frames: batches of more bytes would not be faster. */
    private static final int BATCH_BYTES = 64 << 20;

    private final ModelPackage source;
    private final Crops crops;
    private final LabelIndex index;
    private final InferenceSession session;
    private final ByteBuffer slots;
    private final List<LabelledImage> batch = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();

    /** @param sessions say on which device */
    PackageRun(ModelPackage source, Crops crops, SessionFactory sessions) {
        this.source = source;
        this.crops = crops;
        this.index = new LabelIndex(source.manifest().labels());
        InputSpec input = source.manifest().input();
        int frames = Math.min(MOST_FRAMES, BATCH_BYTES / input.frameBytes());
        this.slots = ByteBuffer.allocateDirect(Math.max(crops.frames(), frames) * input.frameBytes());
        this.session = sessions.open(source.model());
        try {
            requireFit(session.signature());
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private void requireFit(ModelSignature signature) {
        InputSpec input = source.manifest().input();
        if (signature.height() != input.height() || signature.width() != input.width()) {
            throw new EvaluationException("model package " + source.ref().uri() + ": the graph takes "
                    + signature.height() + " x " + signature.width() + " frames, the manifest says " + input.height()
                    + " x " + input.width() + "; make the package again");
        }
    }

    /** What it wants of an image. */
    InputSpec read() {
        return crops.read(source.manifest().input());
    }

    /** Asks about an image, sooner or later. */
    void add(LabelledImage image, byte[] read) {
        crops.write(read, source.manifest().input(), slots);
        batch.add(image);
        if (slots.remaining() < crops.frames() * source.manifest().input().frameBytes()) {
            run();
        }
    }

    private void run() {
        TopK top = session.run(slots, batch.size() * crops.frames());
        for (int i = 0; i < batch.size(); i++) {
            LabelledImage image = batch.get(i);
            MeanAnswer mean = new MeanAnswer(source.manifest().labels().size());
            for (int crop = 0; crop < crops.frames(); crop++) {
                mean.add(top, i * crops.frames() + crop);
            }
            answers.add(mean.answer(image, index.of(image.label())));
        }
        batch.clear();
        slots.clear();
    }

    /** All answers, in the order of the images. */
    PackageAnswers finish() {
        if (!batch.isEmpty()) {
            run();
        }
        return new PackageAnswers(source.ref(), source.manifest().labels(), answers);
    }

    @Override
    public void close() {
        session.close();
    }
}
