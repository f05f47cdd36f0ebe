package io.simpleim.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One figure of the report.
 *
 * @param name {@code scenario/case/figure}
 * @param value NaN if it could not be measured; NaN misses any target
 * @param target null if the figure has no target
 * @param limit what the machine does without our server, for comparison; null if there is nothing to compare with
 */
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Target target,
        @Nullable Limit limit) {

    /** @param isLeast true for a lower bound, false for an upper bound */
    public record Target(double value, boolean isLeast, String because) {}

    /** A figure to compare with. */
    public record Limit(String name, double value) {}

    public static Figure of(String name, double value, String unit) {
        return new Figure(name, value, unit, null, null);
    }

    public Figure atLeast(double wanted, String because) {
        return new Figure(name, value, unit, new Target(wanted, true, because), limit);
    }

    public Figure atMost(double wanted, String because) {
        return new Figure(name, value, unit, new Target(wanted, false, because), limit);
    }

    public Figure beside(String limitName, double limitValue) {
        return new Figure(name, value, unit, target, new Limit(limitName, limitValue));
    }

    /** Whether the target is met; true without a target. */
    public boolean isMet() {
        if (target == null) {
            return true;
        }
        return target.isLeast() ? value >= target.value() : value <= target.value();
    }
}
