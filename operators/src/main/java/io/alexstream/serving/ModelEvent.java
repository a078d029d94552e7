package io.alexstream.serving;

import io.alexstream.contract.ModelRef;
import io.alexstream.contract.ModelStatus;
import io.alexstream.contract.ModelStatus.UpdatePosition;
import io.alexstream.inference.ExecutionProvider;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that became of a model version in this process; each subtask reports it for itself.
 *
 * @param update the record that asked for the version; null where the job's own option did
 * @param executionProvider null unless it is loaded
 * @param times null unless it is loaded
 * @param reason null unless it was rejected
 */
public record ModelEvent(
        ModelStatus.State state,
        ModelRef model,
        @Nullable UpdatePosition update,
        @Nullable ExecutionProvider executionProvider,
        @Nullable LoadTimes times,
        @Nullable String reason,
        Instant at) {}
