package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

final class PermanentFaultTest {

    private static final SuppressRestartsException FAULT = new SuppressRestartsException(new IllegalStateException(
            "model.package: no manifest.json at file:///nowhere\nand more", new RuntimeException("deeper")));

    @Test
    void findsTheReasonBehindFlinksWrapping() {
        Exception failure = new Exception("Job execution failed.", new Exception("Recovery is suppressed", FAULT));

        assertThat(PermanentFault.in(failure)).contains("model.package: no manifest.json at file:///nowhere");
    }

    @Test
    void findsItAlsoInWhatAClusterSends() {
        Exception failure = new Exception("Job failed", new SerializedThrowable(new Exception("Recovery", FAULT)));

        assertThat(PermanentFault.in(failure)).contains("model.package: no manifest.json at file:///nowhere");
    }

    @Test
    void leavesOtherFailuresAlone() {
        assertThat(PermanentFault.in(new Exception("a", new IllegalStateException("b"))))
                .isEmpty();
    }

    @Test
    void needsNoMessage() {
        assertThat(PermanentFault.in(new SuppressRestartsException(new IllegalStateException())))
                .contains("IllegalStateException");
    }
}
