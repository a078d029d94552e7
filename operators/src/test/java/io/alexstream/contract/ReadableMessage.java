package io.alexstream.contract;

import org.assertj.core.api.Condition;

/** What every message that quotes foreign text must be: it goes into Kafka headers, logs and terminals. */
final class ReadableMessage {

    static final Condition<String> ONE_SHORT_LINE = new Condition<>(
            message -> !message.isBlank()
                    && message.length() <= 300
                    && message.codePoints().noneMatch(ReadableMessage::isUnprintable),
            "one line of 1 to 300 printable characters");

    private ReadableMessage() {}

    /** Said apart from the code under test: what a terminal or a log obeys instead of showing. */
    private static boolean isUnprintable(int character) {
        return Character.isISOControl(character)
                || (character >= 0x200B && character <= 0x200F)
                || (character >= 0x2028 && character <= 0x202E)
                || (character >= 0x2066 && character <= 0x2069)
                || character == 0xFEFF
                || (character >= 0xD800 && character <= 0xDFFF);
    }
}
