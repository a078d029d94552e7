package io.alexstream.model.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void goesUpAndDownOnceAsPyTorchDoes() {
        Schedule schedule = new Schedule.OneCycle(0.02);
        // torch.optim.lr_scheduler.OneCycleLR(max_lr=0.02, total_steps=80): its values before steps 0, 10, 23, 50 and
        // 79.
        assertThat(schedule.rate(0, 80, List.of())).isCloseTo(0.0008, within(1e-9));
        assertThat(schedule.rate(23, 80, List.of())).isCloseTo(0.02, within(1e-9));
        assertThat(schedule.rate(79, 80, List.of())).isCloseTo(0.02 / 25 / 1e4, within(1e-12));
        double middle = 0.0008 + (0.02 - 0.0008) / 2 * (1 - Math.cos(Math.PI * 10 / 23));
        assertThat(schedule.rate(10, 80, List.of())).isCloseTo(middle, within(1e-9));
        for (int step = 1; step < 80; step++) {
            double change = schedule.rate(step, 80, List.of()) - schedule.rate(step - 1, 80, List.of());
            assertThat(change > 0).isEqualTo(step <= 23);
        }
        for (int steps = 1; steps < 5; steps++) {
            for (int step = 0; step < steps; step++) {
                assertThat(schedule.rate(step, steps, List.of())).isBetween(1e-9, 0.02);
            }
        }
    }

    @Test
    void fallsToATenthWhereTheHeldOutErrorStopsFalling() {
        Schedule schedule = new Schedule.Plateau(0.01, 2);
        long[] right = {10, 20, 20, 19, 21, 21, 22, 22, 22, 22, 22};
        double[] rates = {1e-2, 1e-2, 1e-2, 1e-2, 1e-3, 1e-3, 1e-3, 1e-3, 1e-3, 1e-4, 1e-4, 1e-5};
        List<EpochFigures> history = new ArrayList<>();
        for (int epoch = 0; epoch < rates.length; epoch++) {
            assertThat(schedule.rate(0, 1, history)).as("epoch " + epoch).isCloseTo(rates[epoch], within(1e-12));
            if (epoch < right.length) {
                Tally heldOut = new Tally(0, right[epoch], 50, 50);
                history.add(new EpochFigures(epoch + 1, Tally.NONE, heldOut, 0, 0));
            }
        }
    }

    @Test
    void countsTiesAsServingOrdersThem() {
        float[] scores = {1, 3, 3, 2, 0, 0, 5, 5, 5, 5, 5, 5};
        assertThat(Tally.of(2, scores, new long[] {1, 5})).isEqualTo(new Tally(4, 1, 1, 2));
        assertThat(Tally.of(2, scores, new long[] {2, 4})).isEqualTo(new Tally(4, 0, 2, 2));
        assertThat(Tally.NONE.plus(new Tally(4, 1, 1, 2)).loss()).isEqualTo(2);
        assertThat(Tally.NONE.top1Share()).isZero();
    }

    @Test
    void whatIsNoNumberIsNeverRight() {
        float nan = Float.NaN;
        float[] scores = {nan, nan, nan, nan, nan, nan, 1, nan, 0, 0, 0, 0};
        Tally tally = Tally.of(nan, scores, new long[] {0, 0});
        assertThat(tally.top1()).isZero();
        assertThat(tally.top5()).isEqualTo(1);
    }
}
