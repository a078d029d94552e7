package io.alexstream.job.kafka;

import io.alexstream.flink.DeadLetter;
import java.io.Serial;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a dead letter into the record of the dead-letters topic: the input's own bytes, and headers that say what went
 * wrong under the names that Kafka Connect has for it ({@code DeadLetterQueueReporter}; numbers and texts as UTF-8), so
 * that its tools replay ours. Confined to the task thread.
 */
public final class DeadLetterRecords implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    /** Kafka Connect's own; incoming ones tell of an earlier failure and are replaced. */
    private static final String CONNECT_PREFIX = "__connect.errors.";

    private static final String OWN_PREFIX = "alexstream.";

    /** A message is one line for people; a URI in it may be as long as a record. */
    private static final int MAX_MESSAGE_BYTES = 1024;

    private static final int MAX_CLASS_NAME_BYTES = 256;

    private final TopicLimits limits;

    public DeadLetterRecords(TopicLimits limits) {
        this.limits = limits;
    }

    /** The record to send. Where it does not fit, value, key and input headers are left out in this order, until it does. */
    public OutgoingRecord record(DeadLetter<ImageRecord> letter, long now) {
        ImageRecord input = letter.element();
        long timestamp = limits.acceptable(input.timestamp(), now);
        List<RecordHeader> own = ownHeaders(letter);
        List<RecordHeader> inputs = inputHeaders(input);
        OutgoingRecord whole = new OutgoingRecord(input.key(), input.value(), joined(inputs, own), timestamp);
        if (limits.fits(whole)) {
            return whole;
        }
        own.add(omitted("value", input.value()));
        OutgoingRecord withoutValue = new OutgoingRecord(input.key(), null, joined(inputs, own), timestamp);
        if (limits.fits(withoutValue)) {
            return withoutValue;
        }
        own.add(omitted("key", input.key()));
        OutgoingRecord withoutKey = new OutgoingRecord(null, null, joined(inputs, own), timestamp);
        if (limits.fits(withoutKey)) {
            return withoutKey;
        }
        own.add(RecordHeader.of(OWN_PREFIX + "headers-omitted", Integer.toString(inputs.size())));
        return new OutgoingRecord(null, null, own, timestamp);
    }

    /** Says how many bytes, or for headers how many of them, are missing. */
    private static RecordHeader omitted(String part, byte @Nullable [] bytes) {
        return RecordHeader.of(OWN_PREFIX + part + "-omitted", Integer.toString(bytes == null ? 0 : bytes.length));
    }

    private static List<RecordHeader> inputHeaders(ImageRecord input) {
        return input.headers().stream()
                .filter(header -> !header.key().startsWith(CONNECT_PREFIX) && !isOwn(header.key()))
                .toList();
    }

    private static boolean isOwn(String key) {
        return key.equals(OWN_PREFIX + "reason") || (key.startsWith(OWN_PREFIX) && key.endsWith("-omitted"));
    }

    private static List<RecordHeader> ownHeaders(DeadLetter<ImageRecord> letter) {
        ImageRecord input = letter.element();
        List<RecordHeader> headers = new ArrayList<>();
        headers.add(RecordHeader.of(CONNECT_PREFIX + "topic", input.topic()));
        headers.add(RecordHeader.of(CONNECT_PREFIX + "partition", Integer.toString(input.partition())));
        headers.add(RecordHeader.of(CONNECT_PREFIX + "offset", Long.toString(input.offset())));
        headers.add(RecordHeader.of(CONNECT_PREFIX + "stage", letter.stage().name()));
        headers.add(RecordHeader.of(
                CONNECT_PREFIX + "exception.class.name", cut(letter.exceptionClass(), MAX_CLASS_NAME_BYTES)));
        headers.add(RecordHeader.of(CONNECT_PREFIX + "exception.message", cut(letter.message(), MAX_MESSAGE_BYTES)));
        headers.add(RecordHeader.of(OWN_PREFIX + "reason", letter.reason().name()));
        return headers;
    }

    /** At most {@code maxBytes} of UTF-8, whole characters, three dots where something is missing. */
    private static String cut(String text, int maxBytes) {
        if (text.length() <= maxBytes / 4 || text.getBytes(StandardCharsets.UTF_8).length <= maxBytes) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int bytes = 3;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
            if (bytes > maxBytes) {
                break;
            }
            cut.appendCodePoint(codePoint);
            i += Character.charCount(codePoint);
        }
        return cut.append("...").toString();
    }

    private static List<RecordHeader> joined(List<RecordHeader> first, List<RecordHeader> second) {
        List<RecordHeader> joined = new ArrayList<>(first);
        joined.addAll(second);
        return joined;
    }
}
