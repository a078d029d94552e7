package io.alexstream.gpubench;

import java.util.List;

/** How products of fp32 numbers are computed. */
enum Precision {
    FP32("0"),
    /** Ten bits of mantissa, on the tensor units of NVIDIA cards from Ampere on. */
    TF32("1");

    private final String option;

    Precision(String option) {
        this.option = option;
    }

    /** The value of ONNX Runtime's {@code use_tf32}. */
    String option() {
        return option;
    }

    /** Those that there are on a device; the CPU has no TF32. The last is the operator's default. */
    static List<Precision> on(Device device) {
        return device.isCuda() ? List.of(FP32, TF32) : List.of(FP32);
    }
}
