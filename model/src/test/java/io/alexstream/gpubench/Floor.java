package io.alexstream.gpubench;

import org.jspecify.annotations.Nullable;

/**
 * The least time that a batch can take on a device of these ceilings, and where the time of a measured one went. All in
 * milliseconds.
 *
 * @param copy of the batch's pixels to the device; 0 where they need not go anywhere
 * @param compute of the batch's multiply-adds at the rate of a large product; null where nobody knows how many there are
 * @param weights of reading every weight once from the device's memory: what a small batch waits for
 * @param launch a run that does nothing
 */
record Floor(double copy, @Nullable Double compute, double weights, double launch) {

    /**
     * @param multiplyAdds of one image
     * @param weightBytes of the whole model
     */
    static Floor of(
            int batch,
            int frameBytes,
            @Nullable Long multiplyAdds,
            long weightBytes,
            Precision precision,
            Ceilings ceilings) {
        Double copyRate = ceilings.copyBytesPerSecond();
        double operations = ceilings.operationsPerSecond().get(precision);
        return new Floor(
                copyRate == null ? 0 : millis((double) batch * frameBytes, copyRate),
                multiplyAdds == null ? null : millis(2.0 * multiplyAdds * batch, operations),
                millis(weightBytes, ceilings.memoryBytesPerSecond()),
                ceilings.emptyRunMillis());
    }

    private static double millis(double amount, double perSecond) {
        return amount / perSecond * 1e3;
    }

    /** Computing and reading the weights go on at the same time, so the longer one counts. */
    double math() {
        return compute == null ? weights : Math.max(compute, weights);
    }

    /** One session copies a batch and then computes it. */
    double oneSession() {
        return copy + math();
    }

    /** Several sessions copy while others compute. */
    double severalSessions() {
        return Math.max(copy, math());
    }

    /** What neither the floor nor the empty run explains. */
    double rest(double reached) {
        return reached - oneSession() - launch;
    }

    /** Why a run that took so long took longer than the floor. */
    String reason(double reached) {
        if (oneSession() > 1.05 * reached) {
            return "faster than the ceilings: these were measured on a busier machine";
        }
        if (oneSession() >= 0.8 * reached) {
            return copy > math() ? "near the floor: copying" : "near the floor: " + mathName();
        }
        if (launch > Math.max(rest(reached), oneSession())) {
            return "the run's own overhead";
        }
        return rest(reached) > oneSession()
                ? "layers below a large product's rate"
                : "both: " + (copy > math() ? "copying" : mathName()) + ", and layers below a large product's rate";
    }

    private String mathName() {
        return compute != null && compute > weights ? "computing" : "reading the weights";
    }
}
