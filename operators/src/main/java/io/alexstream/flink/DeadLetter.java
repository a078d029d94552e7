package io.alexstream.flink;

import io.alexstream.contract.DeadLetterReason;
import io.alexstream.contract.Stage;

/**
 * An element of the stream whose image could not be classified, and why. Nothing in it is null.
 *
 * @param element as it came in
 * @param reason why, for programs
 * @param stage how far it came
 * @param exceptionClass name of what was thrown, for those who look into it
 * @param message why, for people; one line
 * @param <T> the stream's element
 */
public record DeadLetter<T>(T element, DeadLetterReason reason, Stage stage, String exceptionClass, String message) {}
