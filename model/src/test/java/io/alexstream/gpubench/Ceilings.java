package io.alexstream.gpubench;

import ai.onnxruntime.OnnxTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The most that the device does of one thing alone, measured through ONNX Runtime, since nothing else is there.
 *
 * @param operationsPerSecond of a large product of matrices, by precision
 * @param memoryBytesPerSecond of the device's own memory, read and written
 * @param copyBytesPerSecond from the host to the device at the largest batch, or null where nothing is copied
 * @param emptyRunMillis a run that does nothing, as Java sees it: call, launch and the answer's way back
 * @param copyMillis an input of a batch's size, with the empty run in it, by batch; empty where nothing is copied
 */
record Ceilings(
        Map<Precision, Double> operationsPerSecond,
        double memoryBytesPerSecond,
        @org.jspecify.annotations.Nullable Double copyBytesPerSecond,
        double emptyRunMillis,
        Map<Integer, Double> copyMillis) {

    /** Large enough that a card's own overhead does not count; 268 MB a matrix. */
    private static final int CUDA_SIZE = 8192;

    /** As much as two cores multiply in a hundredth of a second. */
    private static final int CPU_SIZE = 1024;

    /** 268 MB: more than any card's second-level cache. */
    private static final int CUDA_FLOATS = 64 << 20;

    /** 67 MB: more than the caches of most processors. */
    private static final int CPU_FLOATS = 16 << 20;

    /** A graph of few steps and one of many; the difference is steps alone. */
    private static final int FEW = 2;

    private static final int MANY = 10;

    static Ceilings measure(Setting setting) throws Exception {
        boolean cuda = setting.device().isCuda();
        int size = cuda ? CUDA_SIZE : CPU_SIZE;
        Map<Precision, Double> products = new TreeMap<>();
        for (Precision precision : Precision.on(setting.device())) {
            double seconds = time(setting, CeilingGraphs.products(size, MANY), precision)
                    - time(setting, CeilingGraphs.products(size, FEW), precision);
            products.put(precision, rate(2.0 * size * size * size * (MANY - FEW), seconds));
        }
        int floats = cuda ? CUDA_FLOATS : CPU_FLOATS;
        double passes = time(setting, CeilingGraphs.passes(floats, MANY), Precision.FP32)
                - time(setting, CeilingGraphs.passes(floats, FEW), Precision.FP32);
        double memory = rate(2.0 * Float.BYTES * floats * (MANY - FEW), passes);
        double empty = copyMillis(setting, 1);
        if (!cuda) {
            return new Ceilings(products, memory, null, empty, Map.of());
        }
        Map<Integer, Double> copies = new TreeMap<>();
        for (int batch : setting.batches()) {
            copies.put(batch, copyMillis(setting, batch * setting.frameBytes()));
        }
        int largest = setting.largestBatch();
        double copy = rate((double) largest * setting.frameBytes(), (copies.get(largest) - empty) / 1e3);
        return new Ceilings(products, memory, copy, empty, copies);
    }

    /** Seconds of the median run. */
    private static double time(Setting setting, byte[] graph, Precision precision) throws Exception {
        try (BareSession session = BareSession.of(graph, setting.device(), precision);
                OnnxTensor one = session.one()) {
            return Timing.measure(setting.cell(), () -> session.run(one)).p50Millis() / 1e3;
        }
    }

    private static double copyMillis(Setting setting, int bytes) throws Exception {
        try (BareSession session = BareSession.of(CeilingGraphs.copy(bytes), setting.device(), Precision.FP32);
                OnnxTensor input = session.bytes(ByteBuffer.allocateDirect(bytes), bytes)) {
            return Timing.measure(setting.cell(), () -> session.run(input)).p50Millis();
        }
    }

    /** A difference of two noisy times may be nothing or less: then there is no rate to be had. */
    static double rate(double amount, double seconds) {
        if (seconds <= 0) {
            throw new BenchException(
                    "a ceiling could not be measured, since the machine was too noisy: more work took no"
                            + " longer; stop what else runs, or measure longer (--cell)");
        }
        return amount / seconds;
    }

    /** As lines of a table: name, value. */
    List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        operationsPerSecond.forEach((precision, rate) ->
                rows.add(List.of("products of matrices, " + precision, Table.number(rate / 1e12, 2) + " TFLOP/s")));
        rows.add(List.of("memory of the device", Table.number(memoryBytesPerSecond / 1e9, 1) + " GB/s"));
        if (copyBytesPerSecond != null) {
            rows.add(List.of("host to device", Table.number(copyBytesPerSecond / 1e9, 2) + " GB/s"));
        }
        rows.add(List.of("an empty run", Table.number(emptyRunMillis, 3) + " ms"));
        return rows;
    }
}
