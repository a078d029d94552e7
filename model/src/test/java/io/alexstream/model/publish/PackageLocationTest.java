package io.alexstream.model.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PackageLocationTest {

    @Test
    void makesAUriOfWhatPeopleType() {
        String here = Path.of("").toAbsolutePath().toString();
        assertThat(PackageLocation.uri("packages/alexnet/1/")).isEqualTo("file://" + here + "/packages/alexnet/1");
        assertThat(PackageLocation.uri("/models/../data")).isEqualTo("file:///data");
        assertThat(PackageLocation.uri("file:///models/a")).isEqualTo("file:///models/a");
        assertThat(PackageLocation.uri("file:/models/a/")).isEqualTo("file:///models/a");
        assertThat(PackageLocation.uri(" s3://models/prefix// ")).isEqualTo("s3://models/prefix");
        assertThat(PackageLocation.uri("s3://")).isEqualTo("s3://");
    }

    @Test
    void writesOddCharactersAsFlinkReadsThem() {
        assertThat(PackageLocation.uri("file:///my%20models/a")).isEqualTo("file:///my models/a");
        assertThat(PackageLocation.uri("file:///my models/a")).isEqualTo("file:///my models/a");
        assertThat(new org.apache.flink.core.fs.Path(PackageLocation.uri("/my models/a")).getPath())
                .isEqualTo("/my models/a");
    }

    @Test
    void findsTheRepositoryOfAPackage() {
        assertThat(PackageLocation.parent(PackageLocation.parent("s3://models/alexnet/8")))
                .isEqualTo("s3://models");
        assertThat(PackageLocation.parent(PackageLocation.parent("file:///r/alexnet/8/")))
                .isEqualTo("file:///r");
    }
}
