package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LoadPaceTest {

    private static final long MILLI = Duration.ofMillis(1).toNanos();

    private final Traffic traffic = new Traffic();
    private final Abandonment abandonment = new Abandonment();
    private final List<Long> parked = new ArrayList<>();
    private final List<CompletableFuture<String>> underWay = new ArrayList<>();
    private long now = 1_000;

    @Test
    void neverWaitsWithNothingToServe() {
        LoadPace pace = pace(0);
        now += 100 * MILLI;
        pace.rest();
        pace.awaitCalm();
        assertThat(parked).isEmpty();
    }

    @Test
    void restsAsLongAsItWorkedWhileImagesAreThere() {
        arrive(3);
        LoadPace pace = pace(8);
        now += MILLI;
        pace.rest();
        now += MILLI / 2;
        pace.rest();
        assertThat(parked).containsExactly(MILLI, MILLI / 2);
    }

    @Test
    void restsNoLongerThanAPieceOfCopyingTakesTheCpu() {
        arrive(1);
        LoadPace pace = pace(8);
        now += 500 * MILLI;
        pace.rest();
        assertThat(parked).containsExactly(2 * MILLI);
    }

    @Test
    void stopsRestingWhereAStoreHandsOutSmallPieces() {
        arrive(100_000);
        LoadPace pace = pace(8);
        for (int i = 0; i < 10_000; i++) {
            now += MILLI;
            pace.rest();
        }
        assertThat(parked).hasSize(4_000);
    }

    @Test
    void beginsAStepOnceFewImagesAreUnderWay() {
        arrive(4);
        LoadPace pace = pace(2);
        pace.awaitCalm();
        assertThat(parked).as("one image was answered during each wait").hasSize(2);
        assertThat(traffic.frames()).isEqualTo(2);
    }

    @Test
    void goesOnWhereImagesNeverBecomeFew() {
        arrive(100_000);
        LoadPace pace = pace(0);
        pace.awaitCalm();
        long waited = parked.stream().mapToLong(Long::longValue).sum();
        assertThat(Duration.ofNanos(waited)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(5));
        parked.clear();
        pace.awaitCalm();
        assertThat(parked).as("patience is for the whole load").isEmpty();
    }

    @Test
    void endsWhereTheLoadIsForNobody() {
        arrive(100_000);
        LoadPace pace = new LoadPace(
                traffic,
                0,
                () -> now,
                nanos -> {
                    now += nanos;
                    abandonment.abandon();
                },
                abandonment);
        assertThatThrownBy(pace::awaitCalm).isInstanceOf(Abandonment.AbandonedException.class);
        assertThatThrownBy(pace::rest).isInstanceOf(Abandonment.AbandonedException.class);
    }

    private LoadPace pace(int few) {
        return new LoadPace(traffic, few, () -> now, this::park, abandonment);
    }

    /** Time passes, and one image is answered. */
    private void park(long nanos) {
        parked.add(nanos);
        now += nanos;
        if (!underWay.isEmpty()) {
            underWay.remove(underWay.size() - 1).complete("answered");
        }
    }

    private void arrive(int frames) {
        for (int i = 0; i < frames; i++) {
            CompletableFuture<String> frame = new CompletableFuture<>();
            underWay.add(frame);
            traffic.add(frame);
        }
    }
}
