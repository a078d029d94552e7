package io.alexstream.gpubench;

import java.util.ArrayList;
import java.util.List;

/**
 * A batch of the bare loop held against its floor.
 *
 * @param floorMillis for one session
 * @param reachedMillis the bare loop's mean
 * @param share of the floor in what was reached: 1 cannot be beaten by one session
 * @param copyShare of the reached time that the copy of a batch took when measured alone
 */
record FloorRow(
        Precision precision,
        int batch,
        Floor floor,
        double floorMillis,
        double reachedMillis,
        double share,
        double copyShare,
        String reason) {

    static List<FloorRow> of(Setting setting, Ceilings ceilings, List<LoopRow> bare) {
        List<FloorRow> rows = new ArrayList<>();
        for (LoopRow row : bare) {
            Floor floor = Floor.of(
                    row.batch(),
                    setting.frameBytes(),
                    setting.multiplyAdds(),
                    setting.weightBytes(),
                    row.precision(),
                    ceilings);
            double reached = row.timing().meanMillis();
            double copied =
                    Math.max(0, ceilings.copyMillis().getOrDefault(row.batch(), 0.0) - ceilings.emptyRunMillis());
            rows.add(new FloorRow(
                    row.precision(),
                    row.batch(),
                    floor,
                    floor.oneSession(),
                    reached,
                    floor.oneSession() / reached,
                    ceilings.copyMillis().isEmpty() ? 0 : copied / reached,
                    floor.reason(reached)));
        }
        return rows;
    }

    static final List<String> TITLES = List.of(
            "precision",
            "batch",
            "copy ms",
            "compute ms",
            "weights ms",
            "floor ms",
            "reached ms",
            "floor/reached",
            "copy share",
            "why");

    List<String> cells() {
        return List.of(
                precision.toString(),
                Integer.toString(batch),
                Table.number(floor.copy(), 3),
                floor.compute() == null ? "?" : Table.number(floor.compute(), 3),
                Table.number(floor.weights(), 3),
                Table.number(floorMillis, 3),
                Table.number(reachedMillis, 3),
                Table.number(share, 2),
                Table.number(copyShare, 2),
                reason);
    }
}
