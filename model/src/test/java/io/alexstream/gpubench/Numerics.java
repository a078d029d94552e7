package io.alexstream.gpubench;

import io.alexstream.inference.InferenceSession;
import io.alexstream.inference.OnnxSessionFactory;
import io.alexstream.inference.SessionOptions;
import io.alexstream.inference.TopK;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The device's answers to the package's golden frames, held against those of the CPU here and now.
 *
 * @param batch frames that ran together
 * @param largestDifference between two probabilities of one class, of all that both answered
 * @param tolerance the package's own, which serving holds it to
 * @param firstClasses frames whose first class had to be the same, since the CPU's second is further off than the tolerance
 * @param sameFirstClasses those of them where it is
 */
record Numerics(
        Precision precision,
        int batch,
        double largestDifference,
        double tolerance,
        int firstClasses,
        int sameFirstClasses) {

    static final List<String> TITLES =
            List.of("precision", "batch", "largest difference", "tolerance", "first classes", "verdict");

    static List<Numerics> measure(Setting setting) throws Exception {
        int count = GoldenFrames.count(setting.model());
        ByteBuffer frames = GoldenFrames.repeated(setting.model(), count);
        double tolerance = setting.model().manifest().golden().tolerance();
        List<Numerics> rows = new ArrayList<>();
        List<TopK> expected;
        try (InferenceSession cpu =
                open(setting, SessionOptions.cpu(setting.device().threads()))) {
            expected = run(cpu, frames, count, 1);
        }
        for (Precision precision : Precision.on(setting.device())) {
            try (InferenceSession session = open(setting, setting.device().options(precision))) {
                for (int batch : List.of(1, count)) {
                    rows.add(compare(precision, batch, tolerance, expected, run(session, frames, count, batch)));
                }
            }
        }
        return rows;
    }

    private static InferenceSession open(Setting setting, SessionOptions options) {
        return new OnnxSessionFactory(options).open(setting.model().model());
    }

    /** One answer a frame, whatever ran together. */
    private static List<TopK> run(InferenceSession session, ByteBuffer frames, int count, int batch) {
        int frameBytes = session.signature().frameBytes();
        List<TopK> answers = new ArrayList<>();
        for (int from = 0; from < count; from += batch) {
            TopK together = session.run(frames.slice(from * frameBytes, batch * frameBytes), batch);
            for (int i = 0; i < batch; i++) {
                answers.add(one(together, i));
            }
        }
        return answers;
    }

    private static TopK one(TopK answers, int frame) {
        int from = frame * answers.k();
        return new TopK(
                1,
                answers.k(),
                java.util.Arrays.copyOfRange(answers.probabilities(), from, from + answers.k()),
                java.util.Arrays.copyOfRange(answers.classes(), from, from + answers.k()));
    }

    static Numerics compare(Precision precision, int batch, double tolerance, List<TopK> expected, List<TopK> actual) {
        double largest = 0;
        int firsts = 0;
        int same = 0;
        for (int frame = 0; frame < expected.size(); frame++) {
            TopK cpu = expected.get(frame);
            TopK device = actual.get(frame);
            largest = Math.max(largest, difference(cpu, device));
            if (cpu.k() > 1 && cpu.probabilities()[0] - cpu.probabilities()[1] > tolerance) {
                firsts++;
                same += cpu.classes()[0] == device.classes()[0] ? 1 : 0;
            }
        }
        return new Numerics(precision, batch, largest, tolerance, firsts, same);
    }

    /** A class that the device did not answer has at most the probability of its last one. */
    private static double difference(TopK cpu, TopK device) {
        double largest = 0;
        for (int i = 0; i < cpu.k(); i++) {
            double wanted = cpu.probabilities()[i];
            double found = Math.min(wanted, device.probabilities()[device.k() - 1]);
            for (int j = 0; j < device.k(); j++) {
                if (device.classes()[j] == cpu.classes()[i]) {
                    found = device.probabilities()[j];
                }
            }
            double difference = Math.abs(wanted - found);
            // No number is no answer.
            largest = Math.max(largest, Double.isNaN(difference) ? 1 : difference);
        }
        return largest;
    }

    boolean holds() {
        return largestDifference <= tolerance && firstClasses == sameFirstClasses;
    }

    List<String> cells() {
        return List.of(
                precision.toString(),
                Integer.toString(batch),
                String.format(java.util.Locale.ROOT, "%.2e", largestDifference),
                String.format(java.util.Locale.ROOT, "%.2e", tolerance),
                sameFirstClasses + " of " + firstClasses + " the same",
                holds() ? "holds" : "FAILS");
    }
}
