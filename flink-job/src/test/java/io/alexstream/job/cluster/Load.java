package io.alexstream.job.cluster;

import io.alexstream.job.testing.Pictures;
import io.alexstream.job.testing.TopicWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends image references without pause once it has begun and until it is closed, whatever happens to those who read them:
 * whole pictures, one in ten broken, one in ten on the image server. Its own thread sends; any thread may close.
 */
final class Load implements AutoCloseable {

    /**
     * Some dozens between two checkpoints; with 80 two cores had so much to do that Flink's command line took 10 s each time.
     */
    private static final int EACH_SECOND = 40;

    private static final int PICTURES = 50;
    private static final Duration END_WITHIN = Duration.ofMinutes(3);

    private final TopicWriter writer;
    private final List<String> uris = new ArrayList<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private int sent;

    Load(String bootstrapServers, String topic, ImageServer server) throws IOException {
        writer = new TopicWriter(bootstrapServers, topic);
        for (int i = 0; i < PICTURES; i++) {
            uris.add(uri(i, server));
        }
    }

    /** From now on it sends. */
    void begin() {
        var unused = thread.scheduleAtFixedRate(this::send, 0, 1_000_000 / EACH_SECOND, TimeUnit.MICROSECONDS);
    }

    private static String uri(int number, ImageServer server) throws IOException {
        return switch (number % 10) {
            case 0 -> "data:image/png;base64,AAAA";
            case 5 -> server.uri() + number + ".png";
            default -> Pictures.inline(number);
        };
    }

    private void send() {
        writer.send(Integer.toString(sent), "{\"uri\":\"" + uris.get(sent % PICTURES) + "\"}");
        sent++;
    }

    /** Returns when the broker has all. */
    @Override
    public void close() throws Exception {
        thread.shutdown();
        if (!thread.awaitTermination(END_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the load cannot be ended: the broker takes nothing");
        }
        writer.flush();
        writer.close();
    }
}
