package io.alexstream.flink;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;

/**
 * An element of the stream whose image could not be classified, and why.
 *
 * @param element as it came in
 * @param exceptionClass what was thrown, for those who look into it
 * @param message one line
 * @param <T> the stream's element
 */
public record DeadLetter<T>(T element, DeadLetterReason reason, Stage stage, String exceptionClass, String message) {}
