package io.alexstream.model.train;

import java.util.List;

/** The learning rate. A function of the place in the training alone, so that a checkpoint need not keep it. Immutable. */
public sealed interface Schedule {

    /**
     * The rate of a step.
     *
     * @param step from 0
     * @param steps of the whole training
     * @param history of the epochs that are over
     */
    double rate(long step, long steps, List<EpochFigures> history);

    /**
     * Up and down once, by cosines (Smith and Topin 2017, with the proportions of PyTorch's OneCycleLR): reaches a small data
     * set's optimum in few steps, from fresh weights too.
     *
     * @param highest rate, after three tenths of the steps
     */
    record OneCycle(double highest) implements Schedule {

        private static final double RISING = 0.3;
        private static final double FIRST = 1 / 25.0;
        private static final double LAST = FIRST / 1e4;

        @Override
        public double rate(long step, long steps, List<EpochFigures> history) {
            double top = Math.max(1, RISING * steps - 1);
            if (step <= top) {
                return highest * between(FIRST, 1, step / top);
            }
            return highest * between(1, LAST, Math.min(1, (step - top) / Math.max(1, steps - 1 - top)));
        }

        /** StrictMath: the same on every machine. */
        private static double between(double from, double to, double share) {
            return to + (from - to) / 2 * (1 + StrictMath.cos(StrictMath.PI * share));
        }
    }

    /**
     * The 2012 paper's: a tenth whenever the held-out error stops falling.
     *
     * @param first rate; the paper's is 0.01
     * @param patience epochs without a better top-1 after which the rate falls
     */
    record Plateau(double first, int patience) implements Schedule {

        @Override
        public double rate(long step, long steps, List<EpochFigures> history) {
            double rate = first;
            double best = -1;
            int since = 0;
            for (EpochFigures epoch : history) {
                if (epoch.heldOut().top1Share() > best) {
                    best = epoch.heldOut().top1Share();
                    since = 0;
                } else if (++since >= patience) {
                    rate /= 10;
                    since = 0;
                }
            }
            return rate;
        }
    }
}
