package io.alexstream.job.kafka;

import io.alexstream.contract.Classification;
import io.alexstream.contract.Json;
import io.alexstream.contract.SourcePosition;
import io.alexstream.flink.Classified;
import java.io.Serial;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Turns a classified image into the record of the classifications topic: a CloudEvent in binary mode, under the input's
 * key and behind the input's headers. Confined to the task thread.
 */
public final class ClassificationRecords implements Serializable {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final String CLOUD_EVENTS_PREFIX = "ce_";
    private static final String CONTENT_TYPE = "content-type";

    private final String eventSource;
    private final TopicLimits limits;

    public ClassificationRecords(String jobName, TopicLimits limits) {
        // A blank is %20 in a URI; URLEncoder writes the + of HTML forms.
        this.eventSource = "/alexstream/"
                + URLEncoder.encode(jobName, StandardCharsets.UTF_8).replace("+", "%20");
        this.limits = limits;
    }

    /** The record to send; {@link #fits} says whether it can be sent. */
    public OutgoingRecord record(Classified<ImageRecord> classified, long now) {
        ImageRecord input = classified.element();
        Classification event = new Classification(
                classified.reference().id(),
                classified.reference().uri(),
                classified.reference().timestamp(),
                classified.reference().attributes(),
                classified.model(),
                classified.predictions(),
                classified.classifiedAt(),
                input.position());
        return new OutgoingRecord(
                input.key(), Json.toBytes(event), headers(classified), limits.acceptable(input.timestamp(), now));
    }

    public boolean fits(OutgoingRecord record) {
        return limits.fits(record);
    }

    /** The most bytes that a record of the topic may have. */
    public long maxBytes() {
        return limits.maxBytes();
    }

    private List<RecordHeader> headers(Classified<ImageRecord> classified) {
        ImageRecord input = classified.element();
        SourcePosition position = input.position();
        List<RecordHeader> headers = new ArrayList<>();
        for (RecordHeader header : input.headers()) {
            // They describe another event and another value than ours.
            if (!header.key().startsWith(CLOUD_EVENTS_PREFIX)
                    && !header.key().toLowerCase(Locale.ROOT).equals(CONTENT_TYPE)) {
                headers.add(header);
            }
        }
        headers.add(RecordHeader.of("ce_specversion", "1.0"));
        headers.add(RecordHeader.of("ce_id", position.asId()));
        headers.add(RecordHeader.of("ce_source", eventSource));
        headers.add(RecordHeader.of("ce_type", "io.alexstream.classification.v1"));
        headers.add(RecordHeader.of("ce_time", classified.classifiedAt().toString()));
        headers.add(RecordHeader.of(CONTENT_TYPE, "application/json"));
        return headers;
    }
}
