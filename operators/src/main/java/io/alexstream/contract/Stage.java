package io.alexstream.contract;

/** Where in the frame path a record was given up; the value of the header {@code __connect.errors.stage}. */
public enum Stage {
    PARSE,
    FETCH,
    DECODE,
    INFER
}
