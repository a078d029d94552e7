package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.inference.ExecutionProvider;
import io.alexstream.inference.InferenceSession;
import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeSessions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadPaceTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private long now = 1_000;
    private final Traffic traffic = new Traffic(2);
    private final RunTurns turns = new RunTurns(1, Duration.ZERO);
    private final Abandonment abandonment = new Abandonment();
    private final List<Long> parked = new ArrayList<>();
    private final List<Traffic.Mark> underWay = new ArrayList<>();
    private final LoadPace pace = new LoadPace(traffic, turns, () -> now, this::park, abandonment);

    @Test
    void neverWaitsWithNothingToServe() {
        now += 100 * MILLI;
        pace.awaitPiece();
        pace.awaitStep();
        assertThat(parked).isEmpty();
    }

    @Test
    void beginsOnceNoImageWaitsForARunAndACoreIsFree() {
        arrive(3);
        pace.awaitStep();
        assertThat(parked).as("one image was answered during each wait").hasSize(3);
        parked.clear();
        underWay.add(traffic.decodes());
        pace.awaitStep();
        assertThat(parked).as("one core decodes, one is free").isEmpty();
        underWay.add(traffic.decodes());
        pace.awaitStep();
        assertThat(parked).as("both decode").hasSize(1);
    }

    @Test
    void copyingGoesOnWithPausesWhereItIsNotCalm() {
        arrive(2);
        pace.awaitPiece();
        assertThat(parked).as("it is calm after that").hasSize(2);
        arrive(1_000_000);
        Duration before = waited();
        pace.awaitPiece();
        pace.awaitPiece();
        assertThat(waited().minus(before)).isEqualTo(Duration.ofMillis(16));
    }

    @Test
    void pausesHaveAnEnd() {
        arrive(1_000_000);
        for (int i = 0; i < 10_000; i++) {
            pace.awaitPiece();
        }
        assertThat(waited()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void waitsNoLongerWhereItIsNeverCalm() {
        arrive(1_000_000);
        pace.awaitStep();
        assertThat(waited()).isBetween(Duration.ofMillis(5900), Duration.ofMillis(6100));
        parked.clear();
        pace.awaitStep();
        assertThat(parked).as("it is known by now").isEmpty();
    }

    /** Each time it is calm after 400 ms, and the work takes 100 ms. */
    @Test
    void isPatientWhereItIsCalmNowAndThen() {
        for (int i = 0; i < 100; i++) {
            arrive(401);
            pace.awaitStep();
            while (!underWay.isEmpty()) {
                underWay.remove(0).close();
            }
            now += 100 * MILLI;
        }
        assertThat(waited()).isBetween(Duration.ofMillis(19_900), Duration.ofMillis(20_500));
    }

    private Duration waited() {
        return Duration.ofNanos(parked.stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void endsWhereTheLoadIsForNobody() {
        arrive(100_000);
        LoadPace given = new LoadPace(
                traffic,
                turns,
                () -> now,
                nanos -> {
                    now += nanos;
                    abandonment.abandon();
                },
                abandonment);
        assertThatThrownBy(given::awaitPiece).isInstanceOf(Abandonment.AbandonedException.class);
        assertThatThrownBy(given::awaitStep).isInstanceOf(Abandonment.AbandonedException.class);
    }

    @Test
    void takesItsTurnOnCpuAlone(@TempDir Path directory) throws Exception {
        List<Boolean> free = new ArrayList<>();
        FakeSessions sessions = new FakeSessions();
        sessions.onRun(size -> free.add(isFree()));
        Path model = FakePackages.write(directory, 1, "a model").resolve("model.onnx");
        ByteBuffer frames = ByteBuffer.allocateDirect(1 << 10);
        try (InferenceSession session = sessions.open(model)) {
            pace.run(session, frames, 1);
            sessions.provider(ExecutionProvider.CUDA);
            pace.run(session, frames, 1);
        }
        assertThat(free).as("whether a batch could run meanwhile in turn").containsExactly(false, true);
    }

    @Test
    void givesItsTurnBackWhereItIsGivenUpInTheMiddleOfARun(@TempDir Path directory) {
        List<Boolean> free = new ArrayList<>();
        FakeSessions sessions = new FakeSessions();
        sessions.onRun(size -> {
            abandonment.abandon();
            free.add(isFree());
        });
        Path model = FakePackages.write(directory, 1, "a model").resolve("model.onnx");
        try (InferenceSession session = sessions.open(model)) {
            pace.run(session, ByteBuffer.allocateDirect(1 << 10), 1);
        }
        assertThat(free).as("while the run that may never end goes on").containsExactly(true);
        assertThat(isFree()).as("the turn has not ended twice, nor been lost").isTrue();
    }

    private boolean isFree() {
        try (RunTurns.Turn turn = turns.await()) {
            return turn.isInTurn();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Time passes, and one image is answered. */
    private void park(long nanos) {
        parked.add(nanos);
        now += nanos;
        if (!underWay.isEmpty()) {
            underWay.remove(underWay.size() - 1).close();
        }
    }

    private void arrive(int images) {
        for (int i = 0; i < images; i++) {
            underWay.add(traffic.awaitsRun());
        }
    }
}
