package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The options in the README are those of the code. To write them anew:
 * {@code mvn -pl flink-job -am test -Dtest=ReadmeOptionsTest -Dsurefire.failIfNoSpecifiedTests=false -Dreadme.update=true}.
 */
final class ReadmeOptionsTest {

    private static final String BEGIN = "<!-- options:begin -->";
    private static final String END = "<!-- options:end -->";

    /** Surefire runs the tests of a module in the module's directory. */
    private static final Path README = Path.of("..", "README.md");

    @Test
    void readmeHasTheOptionsOfTheCode() throws IOException {
        assumeThat(README).as("README.md is there").exists();
        String text = Files.readString(README);
        assertThat(text).as("README.md marks where the options table stands").contains(BEGIN, END);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        String table = "\n" + OptionsTable.markdown();
        if (Boolean.getBoolean("readme.update")) {
            Files.writeString(README, text.substring(0, begin) + table + text.substring(end));
            return;
        }
        assertThat(text.substring(begin, end))
                .as("the options in README.md; -Dreadme.update=true writes them anew")
                .isEqualTo(table);
    }
}
