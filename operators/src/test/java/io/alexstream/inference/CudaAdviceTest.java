package io.alexstream.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The messages are ONNX Runtime's, as the natives for CUDA 12 and 13 gave them or as their sources word them. */
class CudaAdviceTest {

    private static final String OF_1_29 =
            "Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/provider_bridge_ort.cc:1988"
                    + " onnxruntime::Provider& onnxruntime::ProviderLibrary::Get() [ONNXRuntimeError] : 1 : FAIL : Failed to load"
                    + " library /opt/natives/libonnxruntime_providers_cuda.so with error: %s: cannot open shared object file: No"
                    + " such file or directory";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libcublasLt.so.12|install cuBLAS of CUDA 12",
                "libcublas.so.13|install cuBLAS of CUDA 13",
                "libcudart.so.13|install the CUDA runtime of CUDA 13",
                "libcurand.so.10|install cuRAND and put its folder on LD_LIBRARY_PATH",
                "libcudnn.so.9|install cuDNN 9 for this CUDA",
                "libcudnn_graph.so.9|install cuDNN 9 for this CUDA",
                "libcuda.so.1|it comes with the NVIDIA driver",
                "libonnxruntime_providers_shared.so|keep all of ONNX Runtime's native files in one folder",
            })
    void namesTheMissingLibraryAndWhatToInstall(String library, String advice) {
        assertThat(CudaAdvice.on(OF_1_29.formatted(library)))
                .contains("the library " + library + " is missing")
                .contains(advice);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cuDNN is not available. Install cuDNN, update the system library search path|libcudnn.so.9 is missing",
                "dlopen failed for libcudnn.so.9: libcudnn.so.9: cannot open shared object file|libcudnn.so.9 is missing",
                "Error code - ORT_EP_FAIL - message: Failed to find CUDA shared provider|is the build for the CPU",
                "This binary was not compiled with CUDA support.|is the build for the CPU",
                "CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version ; GPU=0|newer one",
                "CUDA failure 100: no CUDA-capable device is detected ; GPU=-1|no graphics card for this process",
                "CUDA failure 101: invalid device ordinal ; GPU=0|no graphics card of this number",
                "CUDA failure 209: no kernel image is available for execution on the device|holds no code for this",
                "CUDA failure 999: unknown error|check it with nvidia-smi",
                "something new|check the NVIDIA driver",
            })
    void saysWhatToDoAboutOtherFaults(String message, String advice) {
        assertThat(CudaAdvice.on(message)).contains(advice);
    }

    @Test
    void theWholeMessageIsOneLine() {
        InferenceException e =
                OrtFailures.cudaUnavailable(new OrtException(OF_1_29.formatted("libcublasLt.so.12") + "\n"));

        assertThat(e.kind()).isEqualTo(InferenceException.Kind.PROVIDER_UNAVAILABLE);
        assertThat(e.getMessage().lines()).hasSize(1);
        assertThat(e).hasMessageStartingWith("CUDA is not usable: the library libcublasLt.so.12 is missing; install");
        assertThat(e).hasMessageContaining("inference.execution-provider");
    }
}
