package io.alexstream.job.testing;

import java.io.Serial;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps what it is given, in this JVM. Many subtasks may write at once. */
public final class CollectingSink<T> implements Sink<T> {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Flink serialises sinks; what they have collected must be found again by name. */
    private static final Map<String, Queue<Object>> COLLECTED = new ConcurrentHashMap<>();

    private final String id = UUID.randomUUID().toString();

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        Queue<Object> collected = queue();
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context context) {
                collected.add(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }

    @SuppressWarnings("unchecked")
    public java.util.List<T> collected() {
        return (java.util.List<T>) java.util.List.copyOf(queue());
    }

    private Queue<Object> queue() {
        return COLLECTED.computeIfAbsent(id, unused -> new ConcurrentLinkedQueue<>());
    }
}
