package io.simpleim.bench.report;

import java.util.Locale;

/** The figures as a text table, for people. */
public final class FigureTable {
    private FigureTable() {}

    /** All figures, one per line. */
    public static String of(Report report) {
        StringBuilder table = new StringBuilder();
        line(table, "figure", "measured", "target", "limit beside it", "");
        for (Figure figure : report.figures()) {
            line(
                    table,
                    figure.name(),
                    number(figure.value()) + " " + figure.unit(),
                    target(figure),
                    limit(figure),
                    figure.target() == null ? "" : figure.isMet() ? "ok" : "BELOW TARGET");
        }
        return table.toString();
    }

    private static void line(StringBuilder table, String... cells) {
        table.append(String.format(
                        Locale.ROOT, "%-34s %24s  %-44s %-44s %s", cells[0], cells[1], cells[2], cells[3], cells[4])
                .stripTrailing());
        table.append('\n');
    }

    private static String target(Figure figure) {
        Figure.Target target = figure.target();
        return target == null
                ? ""
                : (target.isLeast() ? "≥ " : "≤ ") + number(target.value()) + " (" + target.because() + ")";
    }

    private static String limit(Figure figure) {
        Figure.Limit limit = figure.limit();
        return limit == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%s of %s: %s",
                        percent(figure.value() / limit.value()),
                        limit.name(),
                        number(limit.value()));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "nothing";
        }
        return String.format(Locale.ROOT, Math.abs(value) >= 100 ? "%,.0f" : "%.2f", value);
    }
}
