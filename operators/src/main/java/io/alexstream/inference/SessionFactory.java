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
}
