package io.alexstream.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoOptionsTest {

    @Test
    void takesWhatMavenPassesForUnsetPropertiesAsNotGiven() {
        DemoOptions options = DemoOptions.parse("--directory=x", "--images=", "--model=", "--pictures=", "--retrain=");

        assertThat(options.directory()).isEqualTo(Path.of("x").toAbsolutePath());
        assertThat(options.images()).isNull();
        assertThat(options.model()).isNull();
        assertThat(options.pictures()).isEqualTo(200);
        assertThat(options.retrain()).isTrue();
    }

    @Test
    void drawsMoreWhereNothingIsLearnt() {
        DemoOptions options = DemoOptions.parse("--retrain=false");

        assertThat(options.retrain()).isFalse();
        assertThat(options.pictures()).isEqualTo(300);
    }

    @Test
    void theUsersPicturesAndPackagesAreOnlyServed() {
        assertThat(DemoOptions.parse("--images=mine").retrain()).isFalse();
        assertThat(DemoOptions.parse("--model=mine", "--retrain=true").retrain())
                .isFalse();
    }

    @Test
    void refusesWhatIsNeitherTrueNorFalse() {
        assertThatThrownBy(() -> DemoOptions.parse("--retrain=no"))
                .isInstanceOf(DemoException.class)
                .hasMessage("-Dretrain must be true or false, was no");
    }

    @Test
    void takesTheUsersPicturesAndPackage() {
        DemoOptions options = DemoOptions.parse("--images=my pictures", "--model=s3://models/a=b/1", "--pictures=20");

        assertThat(options.images()).isEqualTo(Path.of("my pictures"));
        assertThat(options.model()).isEqualTo("s3://models/a=b/1");
        assertThat(options.pictures()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "100001"})
    void refusesACountThatMakesNoSense(String count) {
        assertThatThrownBy(() -> DemoOptions.parse("--pictures=" + count))
                .isInstanceOf(DemoException.class)
                .hasMessage("-Dpictures must be a number from 1 to 100000, was " + count);
    }

    @Test
    void refusesAMissingPackageInOneLine() {
        assertThatThrownBy(() -> DemoModel.existing("no/such/package"))
                .isInstanceOf(DemoException.class)
                .hasMessageStartingWith("the model package no/such/package does not exist; ")
                .hasMessageNotContaining("\n");
    }
}
