package io.simpleim.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param name {@code scenario/case/figure}
 * @param value NaN if it could not be measured, which meets no target
 * @param target what it should be at least or at most; null where there is no such wish
 * @param limit what the machine gives without us; null where nothing stands beside it
 */
public record Figure(
        String name,
        double value,
        String unit,
        @Nullable Target target,
        @Nullable Limit limit) {

    /** @param isLeast whether the figure should be at least that, or at most */
    public record Target(double value, boolean isLeast, String because) {}

    /** What stands beside a figure. */
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

    /** Whether the target is met; true where there is none. */
    public boolean isMet() {
        if (target == null) {
            return true;
        }
        return target.isLeast() ? value >= target.value() : value <= target.value();
    }
}
