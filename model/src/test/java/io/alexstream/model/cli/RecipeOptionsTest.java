package io.alexstream.model.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.alexstream.model.train.Freeze;
import io.alexstream.model.train.Precision;
import io.alexstream.model.train.Recipe;
import org.junit.jupiter.api.Test;

class RecipeOptionsTest {

    private static RecipeOptions.Asked asked(Recipe recipe, Integer epochs) {
        return new RecipeOptions.Asked(recipe, epochs, Freeze.NONE, Precision.FP32, 1, 1);
    }

    @Test
    void thePapersRecipeIsForLargeDataSetsAndTheSmallOneForOthers() {
        assertThat(asked(null, null).recipe(99_999)).isEqualTo(Recipe.small());
        assertThat(asked(null, null).recipe(100_000)).isEqualTo(Recipe.paper());
    }

    @Test
    void whoAsksForAPresetGetsItWithTheEpochsAskedFor() {
        assertThat(asked(Recipe.paper(), null).recipe(10)).isEqualTo(Recipe.paper());
        assertThat(asked(Recipe.small(), 7).recipe(200_000))
                .isEqualTo(Recipe.small().withEpochs(7));
    }

    @Test
    void thePapersNumbersAreThePapers() {
        Recipe paper = Recipe.paper();
        assertThat(paper.momentum()).isEqualTo(0.9);
        assertThat(paper.weightDecay()).isEqualTo(5e-4);
        assertThat(paper.batchSize()).isEqualTo(128);
        assertThat(paper.dropout()).isTrue();
        assertThat(paper.augmentation().crop()).isTrue();
        assertThat(paper.augmentation().flip()).isTrue();
        assertThat(paper.augmentation().colour()).isTrue();
    }
}
