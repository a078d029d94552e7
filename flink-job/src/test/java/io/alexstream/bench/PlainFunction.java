package io.alexstream.bench;

import io.alexstream.contract.ImageReference;
import io.alexstream.contract.ImageReferenceJson;
import io.alexstream.contract.InputSpec;
import io.alexstream.contract.ModelRef;
import io.alexstream.contract.Prediction;
import io.alexstream.flink.Classified;
import io.alexstream.image.EncodedImage;
import io.alexstream.image.FetchLimits;
import io.alexstream.image.FramePreprocessor;
import io.alexstream.image.ImageFetcher;
import io.alexstream.image.ImageIoDecoder;
import io.alexstream.image.ImageLimits;
import io.alexstream.image.PreparedImage;
import io.alexstream.image.UriPolicy;
import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import io.alexstream.job.kafka.ClassificationRecords;
import io.alexstream.job.kafka.ImageRecord;
import io.alexstream.job.kafka.OutgoingRecord;
import io.alexstream.job.kafka.TopicLimits;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;

/**
 * What people write first: a session and a few threads in each subtask, one image a run. It uses our decoder, our filter and
 * our session options, so that only the way differs. Confined to the task thread, but for {@link #classify}.
 */
final class PlainFunction extends RichAsyncFunction<ImageRecord, OutgoingRecord> {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String modelFile;
    private final String modelUri;
    private final String allowedUris;
    private final ArrayList<String> labels;
    private final int side;
    private final int resize;
    private final int threads;
    private final ClassificationRecords records = new ClassificationRecords("plain", TopicLimits.ofDefaults());

    private transient InferenceSession session;
    private transient ImageFetcher fetcher;
    private transient FramePreprocessor preprocessor;
    private transient ExecutorService pool;
    private transient ThreadLocal<ByteBuffer> frames;

    /** @param threads that decode and run in each subtask, each run on one core */
    PlainFunction(Workload work, int threads) {
        this.modelFile = work.modelFile().toString();
        this.modelUri = work.model().uri();
        this.allowedUris = work.allowedUris();
        this.labels = new ArrayList<>(work.manifest().labels());
        this.side = work.manifest().input().width();
        this.resize = work.manifest().input().resize();
        this.threads = threads;
    }

    @Override
    public void open(OpenContext context) {
        session = new OnnxSessionFactory(SessionOptions.cpu(1)).open(Path.of(modelFile));
        fetcher = new ImageFetcher(UriPolicy.of(List.of(allowedUris)), FetchLimits.ofDefaults());
        preprocessor = new FramePreprocessor(ImageLimits.ofDefaults(), new ImageIoDecoder(), true);
        pool = Executors.newFixedThreadPool(threads);
        int frameBytes = InputSpec.square(side, resize).frameBytes();
        frames = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(frameBytes));
    }

    @Override
    public void asyncInvoke(ImageRecord record, ResultFuture<OutgoingRecord> result) {
        pool.execute(() -> {
            try {
                result.complete(List.of(classify(record)));
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
    }

    private OutgoingRecord classify(ImageRecord record) throws Exception {
        ImageReference reference =
                ImageReferenceJson.parse(record.value(), record.position().asId(), null);
        ByteBuffer frame = frames.get();
        try (EncodedImage encoded = fetcher.fetch(reference.uri());
                PreparedImage image = preprocessor.prepare(encoded.bytes())) {
            image.writeFrame(InputSpec.square(side, resize), frame);
        }
        TopK answer = session.run(frame, 1);
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < answer.k(); i++) {
            int index = Math.toIntExact(answer.classes()[i]);
            predictions.add(new Prediction(labels.get(index), index, answer.probabilities()[i]));
        }
        Instant now = Instant.now();
        return records.record(
                new Classified<>(record, reference, new ModelRef("alexnet", 1, modelUri, "0"), predictions, now),
                now.toEpochMilli());
    }

    @Override
    public void close() throws InterruptedException {
        if (pool != null) {
            pool.shutdownNow();
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a run does not end");
            }
        }
        if (fetcher != null) {
            fetcher.close();
        }
        if (session != null) {
            session.close();
        }
    }
}
