package io.alexstream.model.cli;

import org.jspecify.annotations.Nullable;

/** What the commands that make packages share. */
final class PackageOptions {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";

    /** Default of {@code --top-k}; {@link io.alexstream.model.export.FreshModel#DEFAULT_TOP_K} as text. */
    static final String TOP_K = "10";

    /** More predictions than anybody reads. */
    private static final int MAX_TOP_K = 1000;

    private PackageOptions() {}

    static @Nullable Integer topK(String value, Problems problems) {
        return problems.integer("--top-k", value, 1, MAX_TOP_K);
    }

    static @Nullable String name(@Nullable String value, Problems problems) {
        String name = problems.required("--name", value);
        if (name != null && !name.matches(NAME)) {
            problems.add("--name must be 1 to 100 letters, digits, dots, dashes or underscores, the first a letter or"
                    + " digit, was '" + name + "'");
        }
        return name;
    }
}
