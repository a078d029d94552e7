package io.alexstream.model.train;

/** What products are computed in; weights, momentum and losses are fp32 in any case. */
public enum Precision {
    FP32,
    /** bfloat16 through autocast: faster where the processor has it (AVX512_BF16, AMX, or a GPU), slower elsewhere. */
    BF16
}
