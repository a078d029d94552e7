package io.alexstream.inference;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What to do about a machine on which ONNX Runtime cannot use CUDA, read from what it says. Its sentences are those of
 * 1.29.0 and 1.28.0 (core/session/provider_bridge_ort.cc, core/providers/cuda/cudnn_loader.cc and cuda_call.cc), and those
 * of the dynamic loader that they quote. Stateless.
 */
final class CudaAdvice {

    /** The loader's own words (glibc, {@code dlopen}), whoever quotes them. */
    private static final Pattern MISSING =
            Pattern.compile("(lib[\\w+-]+)\\.so((?:\\.\\d+)*): cannot open shared object");

    /** {@code cuda_call.cc}: "CUDA failure 35: …". */
    private static final Pattern FAILURE = Pattern.compile("CUDA (?:failure|error) (\\d+)");

    private static final String SEARCH_PATH = " and put its folder on LD_LIBRARY_PATH";

    private CudaAdvice() {}

    /** What is wrong and what to do, in one sentence without its full stop; says so where the message tells neither. */
    static String on(String message) {
        Matcher missing = MISSING.matcher(message);
        if (missing.find()) {
            String library = missing.group(1) + ".so" + missing.group(2);
            return "the library " + library + " is missing; "
                    + install(missing.group(1), missing.group(2).replaceFirst("^\\.", ""));
        }
        // cudnn_loader.cc: said at the first run, since cuDNN is loaded late.
        if (message.contains("cuDNN is not available") || message.contains("cuDNN library was not found")) {
            return "the library libcudnn.so.9 is missing; " + install("libcudnn", "9");
        }
        // OrtSession and provider_bridge_ort.cc: the build for the CPU.
        if (message.contains("Failed to find CUDA shared provider") || message.contains("not compiled with CUDA")) {
            return "this ONNX Runtime is the build for the CPU; put one for CUDA on the TaskManagers (README, CUDA 12 or 13)";
        }
        Matcher failure = FAILURE.matcher(message);
        return failure.find()
                ? onFailure(Integer.parseInt(failure.group(1)))
                : "check the NVIDIA driver with nvidia-smi, and that ONNX Runtime is built for the installed CUDA (README, CUDA 12 or 13)";
    }

    private static String install(String library, String version) {
        if (library.equals("libcuda")) {
            return "it comes with the NVIDIA driver: install that, or give the container the graphics card";
        }
        if (library.startsWith("libcudnn")) {
            return "install cuDNN " + version + " for this CUDA" + SEARCH_PATH;
        }
        if (library.startsWith("libonnxruntime")) {
            return "keep all of ONNX Runtime's native files in one folder";
        }
        return "install " + part(library) + madeFor(library, version) + SEARCH_PATH;
    }

    private static String part(String library) {
        return switch (library) {
            case "libcublas", "libcublasLt" -> "cuBLAS";
            case "libcudart" -> "the CUDA runtime";
            case "libcurand" -> "cuRAND";
            case "libcufft" -> "cuFFT";
            default -> "what holds it";
        };
    }

    /** The libraries whose number is CUDA's; cuRAND's has been 10 since CUDA 11, and cuFFT's is one less. */
    private static String madeFor(String library, String version) {
        return library.startsWith("libcublas") || library.equals("libcudart")
                ? " of CUDA " + version
                        + " (or take the ONNX Runtime for the CUDA that is there: README, CUDA 12 or 13)"
                : "";
    }

    /** Numbers of {@code cudaError}, from CUDA's driver_types.h. */
    private static String onFailure(int cudaError) {
        return switch (cudaError) {
            case 35 ->
                "the NVIDIA driver is missing or older than this CUDA needs; install a newer one (nvidia-smi shows what it has and which CUDA it can do)";
            case 100 ->
                "there is no graphics card for this process; check nvidia-smi, CUDA_VISIBLE_DEVICES, and that the container was given one";
            case 101 ->
                "there is no graphics card of this number; check Flink's external resource gpu and CUDA_VISIBLE_DEVICES";
            case 209 ->
                "this ONNX Runtime holds no code for this graphics card; take a build that does (README, CUDA 12 or 13)";
            default -> "the card or its driver failed; check it with nvidia-smi";
        };
    }
}
