package io.alexstream.model.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.model.retrain.RoundOutcome.Kind;
import io.alexstream.model.stream.StreamException;
import io.alexstream.serving.ModelLoadException;
import io.alexstream.serving.ModelRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrainLoopTest {

    private static final RoundOutcome REFUSED = new RoundOutcome(Kind.REFUSED, 1, null, "not better");

    private final StopSignal stop = new StopSignal();
    private final List<String> heard = new ArrayList<>();
    private final AtomicInteger rounds = new AtomicInteger();

    private final RetrainLoop.Listener listener = new RetrainLoop.Listener() {
        @Override
        public void ended(RoundOutcome outcome) {
            heard.add(outcome.kind() + " " + outcome.reason());
        }

        @Override
        public void failed(Exception failure) {
            heard.add("failed: " + failure.getMessage());
        }
    };

    private void loop(Trigger trigger, RetrainLoop.Round round) {
        new RetrainLoop(trigger, round, listener, stop).run();
    }

    @Test
    void aFailedRoundIsOneLineAndTheNextGoesOn() {
        loop(signal -> rounds.incrementAndGet() <= 4, () -> switch (rounds.get()) {
            case 1 -> throw new StreamException("no broker");
            case 2 -> throw new IOException("disk full");
            case 3 -> throw new IllegalStateException("a mistake of ours");
            default -> REFUSED;
        });
        assertThat(heard)
                .containsExactly(
                        "failed: no broker", "failed: disk full", "failed: a mistake of ours", "REFUSED not better");
    }

    @Test
    void tellsTheTriggerOfAFailure() {
        AtomicInteger failures = new AtomicInteger();
        Trigger trigger = new Trigger() {
            @Override
            public boolean awaitNext(StopSignal signal) {
                return rounds.incrementAndGet() <= 2;
            }

            @Override
            public void failed() {
                failures.incrementAndGet();
            }
        };
        loop(trigger, () -> {
            if (rounds.get() == 1) {
                throw new IOException("disk full");
            }
            return REFUSED;
        });
        assertThat(failures).hasValue(1);
    }

    @Test
    void endsWithoutAWordOfFailureWhereItWasStoppedInARound() {
        loop(signal -> true, () -> {
            stop.stop();
            throw new IOException("its files were taken away");
        });
        assertThat(heard).isEmpty();
    }

    @Test
    void beginsNoRoundAfterTheStop() {
        stop.stop();
        loop(signal -> true, () -> REFUSED);
        assertThat(heard).isEmpty();
    }

    @Test
    void noMemoryIsTheEnd() {
        assertThatThrownBy(() -> loop(signal -> true, () -> {
                    throw new OutOfMemoryError("test");
                }))
                .isInstanceOf(OutOfMemoryError.class);
    }

    @Test
    void aStopReachesWhatTakesLongAlsoWhereItCameBefore() {
        AtomicInteger interrupted = new AtomicInteger();
        String result = stop.whileStoppable(interrupted::incrementAndGet, () -> {
            stop.stop();
            return "ended";
        });
        assertThat(result).isEqualTo("ended");
        assertThat(interrupted).hasValue(1);
        stop.whileStoppable(interrupted::incrementAndGet, () -> "again");
        assertThat(interrupted).hasValue(2);
        stop.stop();
        assertThat(interrupted).as("nothing runs any more").hasValue(2);
    }

    @Test
    void insistsUntilBrokersAndFilesAnswer() throws IOException {
        List<String> said = new ArrayList<>();
        Patience patience = new Patience(Duration.ofHours(1), Duration.ofNanos(1), () -> 0, stop, said::add);
        String answer = patience.insist(() -> {
            switch (rounds.incrementAndGet()) {
                case 1, 3 -> throw new StreamException("no broker");
                case 2 -> throw new IOException("no repository");
                default -> {}
            }
            return "there";
        });
        assertThat(answer).isEqualTo("there");
        assertThat(said).containsExactly("trying on for 3600 s: no broker");
    }

    @Test
    void insistsOnAPackageThatCannotBeReadNowAndNotOnOneThatIsNoneAtAll(@TempDir Path folder) {
        Patience patience = new Patience(Duration.ofHours(1), Duration.ofNanos(1), () -> 0, stop, line -> {});
        assertThatThrownBy(() -> patience.insist(() -> {
                    if (rounds.incrementAndGet() < 3) {
                        throw new IOException("the network");
                    }
                    return new ModelRepository().identify(folder.toUri().toString());
                }))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("there is no manifest.json");
        assertThat(rounds).hasValue(3);
    }

    @Test
    void losesPatienceInTimeAndAtAStop() {
        AtomicLong now = new AtomicLong();
        Patience patience = new Patience(Duration.ofMinutes(5), Duration.ofNanos(1), now::get, stop, line -> {});
        assertThatThrownBy(() -> patience.insist(() -> {
                    now.addAndGet(Duration.ofMinutes(1).toNanos());
                    rounds.incrementAndGet();
                    throw new StreamException("no broker");
                }))
                .hasMessage("no broker");
        assertThat(rounds).hasValue(5);
        assertThatThrownBy(() -> patience.insist(() -> {
                    stop.stop();
                    rounds.incrementAndGet();
                    throw new StreamException("no broker");
                }))
                .hasMessage("no broker");
        assertThat(rounds).hasValue(6);
    }
}
