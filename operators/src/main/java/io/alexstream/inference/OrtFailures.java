package io.alexstream.inference;

import ai.onnxruntime.OrtException;
import java.nio.file.Path;
import java.util.Locale;

/** What ONNX Runtime's exceptions mean to us. */
final class OrtFailures {

    private OrtFailures() {}

    static InferenceException onOpen(OrtException e, Path model, ExecutionProvider provider) {
        String text = oneLine(e);
        if (isOutOfMemory(text)) {
            return InferenceException.outOfMemory("no memory to load " + model + " on " + provider + ": " + text, e);
        }
        if (provider == ExecutionProvider.CUDA && mentionsCuda(text)) {
            return cudaUnavailable(e);
        }
        return InferenceException.modelInvalid("ONNX Runtime cannot load " + model.getFileName() + ": " + text, e);
    }

    /** One line that names what is missing and what to install. */
    static InferenceException cudaUnavailable(Exception e) {
        String text = oneLine(e);
        return InferenceException.providerUnavailable(
                "CUDA is not usable: " + CudaAdvice.on(text)
                        + ", or set inference.execution-provider to cpu or auto (ONNX Runtime: " + text + ")",
                e);
    }

    static InferenceException onRun(OrtException e) {
        String text = oneLine(e);
        if (isOutOfMemory(text)) {
            return InferenceException.outOfMemory("no memory to run the batch: " + text, e);
        }
        // Matched by name: the CPU build of the Java API has no constant for every code of every version.
        String code = String.valueOf(e.getCode());
        if (code.contains("DEVICE") || mentionsCuda(text)) {
            return InferenceException.deviceLost("the device failed: " + text, e);
        }
        if (code.equals("ORT_INVALID_ARGUMENT")) {
            return InferenceException.inputInvalid("ONNX Runtime refused the batch: " + text, e);
        }
        return InferenceException.internal("ONNX Runtime failed: " + text, e);
    }

    private static boolean mentionsCuda(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("cuda") || lower.contains("cudnn") || lower.contains("cublas");
    }

    private static boolean isOutOfMemory(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.contains("out of memory") || lower.contains("failed to allocate") || lower.contains("bad_alloc");
    }

    private static String oneLine(Exception e) {
        String message = e.getMessage();
        return message == null
                ? e.toString()
                : message.lines().findFirst().orElse("").strip();
    }
}
