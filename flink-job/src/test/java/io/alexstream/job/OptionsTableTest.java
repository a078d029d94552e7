package io.alexstream.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.ConfigOption;
import org.junit.jupiter.api.Test;

final class OptionsTableTest {

    @Test
    void listsEveryOptionOnceInTableAndHelp() {
        for (ConfigOption<?> option : JobOptions.all()) {
            String key = option.key();
            assertThat(OptionsTable.markdown()
                            .lines()
                            .filter(line -> line.matches("\\| `" + Pattern.quote(key) + "(\\.\\*)?` .*")))
                    .as(key)
                    .hasSize(1);
            assertThat(OptionsTable.help()
                            .lines()
                            .filter(line -> line.matches("  --" + Pattern.quote(key) + "(\\.\\*)? .*")))
                    .as(key)
                    .hasSize(1);
        }
    }

    @Test
    void hasFourCellsInEachRow() {
        assertThat(OptionsTable.markdown().lines())
                .allSatisfy(line -> assertThat(line.replace("\\|", "")
                                .chars()
                                .filter(c -> c == '|')
                                .count())
                        .isEqualTo(5));
    }

    @Test
    void writesTypeAndDefaultAsTheyAreTyped() {
        List<String> rows = OptionsTable.markdown().lines().toList();

        assertThat(rows)
                .anyMatch(row -> row.startsWith("| `kafka.bootstrap-servers` | string | (required) | "))
                .anyMatch(row -> row.startsWith("| `model.package` | string | (required) | "))
                .anyMatch(row -> row.startsWith("| `kafka.properties.*` | string | (none) | "))
                .anyMatch(row -> row.startsWith("| `kafka.transaction-timeout` | duration | `10 min` | "))
                .anyMatch(row -> row.startsWith("| `batch.max-size` | integer | `32` | "))
                .anyMatch(row -> row.startsWith("| `image.max-inline-bytes` | size | `512 kb` | "))
                .anyMatch(row -> row.startsWith("| `image.allowed-uris` | string | `data:` | "))
                .anyMatch(row -> row.startsWith(
                        "| `delivery-guarantee` | exactly-once \\| at-least-once \\| none | " + "`exactly-once` | "))
                .anyMatch(row -> row.startsWith("| `images.starting-offsets` | committed-else-earliest \\| earliest \\|"
                        + " latest | `committed-else-earliest` | "));
    }

    @Test
    void wrapsHelpForATerminal() {
        assertThat(OptionsTable.help().lines()).allMatch(line -> line.length() <= 120);
    }

    @Test
    void describesEveryOption() {
        assertThat(JobOptions.all())
                .allSatisfy(option ->
                        assertThat(OptionText.description(option)).endsWith(".").doesNotContain("&"));
    }
}
