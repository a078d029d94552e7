package io.alexstream.bench;

/** What all parts work with. */
record Setting(BenchOptions options, ForkedKafka kafka, Workload work, Report report) {

    /** As many frames as take about one round at this rate; at least some batches. */
    int frames(double rate) {
        return Math.max(8 * BareLoop.BATCH, (int) (rate * options.seconds()));
    }
}
