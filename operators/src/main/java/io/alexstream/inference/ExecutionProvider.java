package io.alexstream.inference;

/** The hardware back end that runs a session. */
public enum ExecutionProvider {
    CPU,
    CUDA
}
