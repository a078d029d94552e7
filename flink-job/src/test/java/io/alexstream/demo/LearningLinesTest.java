package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LearningLinesTest {

    private static final String EPOCH =
            "epoch 5/5  train loss 0.741 top-1 90.7 % top-5 99.8 %  held-out loss 0.843 top-1 82.2 %"
                    + " top-5 99.1 %  rate 0.00000  0:26";

    @Test
    void barsPassAndTheRestStays() {
        assertThat(LearningLines.isPassing(
                        "epoch 1/5 █░░░░░░░░░░░  13 %    20.1 images/s  loss 2.3049  rate 0.00211  1:45 left"))
                .isTrue();
        assertThat(LearningLines.isPassing("reading images  12/600   2 %   11.9/s   1.0 s"))
                .isTrue();
        assertThat(LearningLines.isPassing(EPOCH)).isFalse();
        assertThat(LearningLines.isPassing("better: of 107 held-out images 98.1 % (105 of 107) right"))
                .isFalse();
    }

    @Test
    void epochsAreSaidInWords() {
        assertThat(LearningLines.forPeople(EPOCH))
                .isEqualTo("epoch 5 of 5 is over: 90.7 % right while it learnt, 82.2 % of held-out pictures");
        assertThat(LearningLines.isLastEpoch(EPOCH)).isTrue();
        assertThat(LearningLines.isLastEpoch(EPOCH.replace("5/5", "4/5"))).isFalse();
        assertThat(LearningLines.isLastEpoch("better: 5/5")).isFalse();
    }

    @Test
    void detailsAreLeftOut() {
        assertThat(LearningLines.forPeople("sha256  8edc")).isEmpty();
        assertThat(LearningLines.forPeople("alexstream d2cc7e11       0/2      LOADING   serves version 1"))
                .isEmpty();
        assertThat(LearningLines.forPeople("alexnet 2 is active in all 2 subtasks of 1 job"))
                .isNotEmpty();
    }
}
