package io.alexstream.job;

import io.alexstream.contract.PublishedUpdate;
import io.alexstream.job.kafka.OutgoingRecord;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

/**
 * How a running job is told of models and tells of them.
 *
 * @param updates in the order of their offsets; without end, as the job would wait for theirs
 * @param historyEnd offset behind the last update that was there when the job was started; 0 where there was none
 * @param status takes the reports
 */
record HotSwap(Source<PublishedUpdate, ?, ?> updates, long historyEnd, Sink<OutgoingRecord> status) {

    HotSwap {
        Objects.requireNonNull(updates, "updates");
        Objects.requireNonNull(status, "status");
    }
}
