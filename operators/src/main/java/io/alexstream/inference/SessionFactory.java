package io.alexstream.inference;

import java.nio.file.Path;

/** Opens sessions. Safe for concurrent use. */
public interface SessionFactory {

    /**
     * Loads a serving graph. The caller closes the session.
     *
     * @param model path of {@code model.onnx}; external weights lie beside it
     * @throws InferenceException MODEL_INVALID, PROVIDER_UNAVAILABLE or OUT_OF_MEMORY
     */
    InferenceSession open(Path model);

    /**
     * Whether its sessions run on threads that all share. Such a session may be opened by a thread of low priority; one that
     * starts threads of its own would keep that priority on Linux, since they inherit it.
     *
     * @throws InferenceException PROVIDER_UNAVAILABLE
     */
    default boolean sharesThreads() {
        return false;
    }
}
