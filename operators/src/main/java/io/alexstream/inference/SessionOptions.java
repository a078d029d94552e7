package io.alexstream.inference;

/**
 * How sessions are opened.
 *
 * @param intraOpThreads threads that share one operator on CPU; 1 or more
 * @param gpuIndex which CUDA device
 * @param cuda options of the CUDA execution provider, by ONNX Runtime's own names
 */
public record SessionOptions(
        Preference preference, int intraOpThreads, int gpuIndex, java.util.Map<String, String> cuda) {

    /** Which execution provider is asked for; the values of {@code inference.execution-provider}. */
    public enum Preference {
        /** CUDA where it works, else CPU with one warning. */
        AUTO,
        /** CUDA or no session. */
        CUDA,
        CPU
    }

    public SessionOptions {
        cuda = java.util.Map.copyOf(cuda);
        if (intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads must be 1 or more, was " + intraOpThreads);
        }
    }

    /** CPU only, with so many threads. */
    public static SessionOptions cpu(int intraOpThreads) {
        return new SessionOptions(Preference.CPU, intraOpThreads, 0, java.util.Map.of());
    }
}
