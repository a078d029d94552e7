package io.alexstream.serving;

import io.alexstream.inference.InferenceException;

/** Says in one line why a load failed, and whether trying again may help. */
final class LoadFailures {

    private LoadFailures() {}

    /** The failure itself where it says what to do; else one that does. */
    static RuntimeException describe(String uri, Throwable failure) {
        if (failure instanceof ModelLoadException
                || failure instanceof InferenceException
                || failure instanceof Abandonment.AbandonedException) {
            return (RuntimeException) failure;
        }
        if (failure instanceof OutOfMemoryError error) {
            return outOfMemory(uri, error);
        }
        return ModelLoadException.passing("model package " + uri + ": " + failure, failure);
    }

    private static ModelLoadException outOfMemory(String uri, OutOfMemoryError error) {
        String message = String.valueOf(error.getMessage());
        boolean direct = message.contains("direct");
        return ModelLoadException.permanent(
                "too little " + (direct ? "direct" : "heap") + " memory to load model package " + uri + " (" + message
                        + "); raise "
                        + (direct ? "taskmanager.memory.task.off-heap.size" : "taskmanager.memory.task.heap.size"),
                error);
    }
}
