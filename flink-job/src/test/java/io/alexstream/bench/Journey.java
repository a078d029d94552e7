package io.alexstream.bench;

import io.alexstream.contract.SourcePosition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * One image's way through the job, in the broker's milliseconds since 1970.
 *
 * @param begin when the broker appended the reference
 * @param end when it appended the answer
 */
record Journey(long begin, long end) {

    /** Reads so many references and their answers. */
    static List<Journey> await(AppendTimes inputs, AppendTimes outputs, int count, Runnable requireAlive) {
        Map<String, Long> begins = new HashMap<>();
        inputs.await(count, requireAlive)
                .forEach(record -> begins.put(
                        new SourcePosition(record.topic(), record.partition(), record.offset()).asId(),
                        record.timestamp()));
        List<Journey> journeys = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> answer : outputs.await(count, requireAlive)) {
            // The event's id is the position of its reference.
            Header id = answer.headers().lastHeader("ce_id");
            journeys.add(new Journey(begins.get(new String(id.value(), StandardCharsets.UTF_8)), answer.timestamp()));
        }
        return journeys;
    }

    static double[] millis(List<Journey> journeys) {
        return journeys.stream().mapToDouble(Journey::millis).toArray();
    }

    long millis() {
        return end - begin;
    }
}
