package io.alexstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.alexstream.testing.FakePackages;
import io.alexstream.testing.FakeServing;
import io.alexstream.testing.FakeSessions;
import io.alexstream.testing.Runtimes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedRuntimesTest {

    @TempDir
    private Path folder;

    private final FakeSessions sessions = new FakeSessions();

    @Test
    void sharesOneRuntimeAKeyAndTheLastUserClosesIt() {
        SharedRuntimes.Handle first = SharedRuntimes.acquire("job", this::start);
        SharedRuntimes.Handle second = SharedRuntimes.acquire("job", this::start);
        SharedRuntimes.Handle other = SharedRuntimes.acquire("other job", this::start);
        assertThat(second.runtime()).isSameAs(first.runtime());
        assertThat(other.runtime()).isNotSameAs(first.runtime());
        assertThat(sessions.open()).isEqualTo(2);
        first.close();
        first.close();
        assertThat(sessions.open()).isEqualTo(2);
        second.close();
        assertThat(sessions.open()).isEqualTo(1);
        other.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void replacesARuntimeThatAFaultHasBrokenOnceItsUsersHaveLeftIt() throws Exception {
        SharedRuntimes.Handle broken = SharedRuntimes.acquire("job", this::start);
        broken.runtime().fail(new IllegalStateException("the device hangs"));
        var acquired = CompletableFuture.supplyAsync(() -> SharedRuntimes.acquire("job", this::start));
        assertThatThrownBy(() -> acquired.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(sessions.opened()).isEqualTo(1);
        broken.close();
        SharedRuntimes.Handle fresh = acquired.get(40, TimeUnit.SECONDS);
        assertThat(fresh.runtime()).isNotSameAs(broken.runtime());
        SharedRuntimes.Handle next = SharedRuntimes.acquire("job", this::start);
        assertThat(next.runtime()).isSameAs(fresh.runtime());
        next.close();
        fresh.close();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void leavesNoEntryWhereTheRuntimeCannotBeMade() {
        assertThatThrownBy(() -> SharedRuntimes.acquire("job", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        SharedRuntimes.Handle next = SharedRuntimes.acquire("job", this::start);
        assertThat(sessions.open()).isEqualTo(1);
        next.close();
        assertThat(sessions.open()).isZero();
    }

    private ServingRuntime start() {
        Path directory = FakePackages.write(folder.resolve("repository"), 1, "model");
        return Runtimes.begun(FakeServing.config(directory, folder.resolve("cache"), Duration.ZERO), List.of(sessions));
    }
}
