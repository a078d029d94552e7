package io.alexstream.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RollbackTargetTest {

    private final Statuses job = new Statuses("job-1", 1);

    @Test
    void goesToTheLowerVersionThatServedLast() {
        var statuses = List.of(
                job.active(0, 1, null),
                job.active(0, 3, 10),
                job.active(0, 2, 11),
                job.rejected(0, 4, 12, "no"),
                job.active(0, 5, 13));
        assertThat(RollbackTarget.lastServed(5, statuses)).isEqualTo(2);
        assertThat(RollbackTarget.lastServed(2, statuses)).isEqualTo(1);
        assertThat(RollbackTarget.lastServed(1, statuses)).isNull();
    }

    @Test
    void goesOnBackWhenAskedTwice() {
        var statuses = List.of(job.active(0, 1, 10), job.active(0, 2, 11), job.active(0, 3, 12), job.active(0, 2, 13));
        assertThat(RollbackTarget.lastServed(2, statuses)).isEqualTo(1);
    }

    @Test
    void findsTheHighestLowerVersionOfARepository() {
        assertThat(RollbackTarget.highestLower(7, List.of(1, 5, 6, 7, 9))).isEqualTo(6);
        assertThat(RollbackTarget.highestLower(1, List.of(1, 5))).isNull();
    }
}
