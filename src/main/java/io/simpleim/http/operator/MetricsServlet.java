package io.simpleim.http.operator;

import io.simpleim.metrics.Metrics;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code GET /metrics}: the metrics in Prometheus' text format, or in OpenMetrics' format if the client accepts it. */
public final class MetricsServlet extends HttpServlet {
    private final transient Metrics metrics;

    public MetricsServlet(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String format = Metrics.formatFor(request.getHeader("Accept"));
        byte[] text = metrics.text(format);
        response.setContentType(format);
        response.setContentLength(text.length);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(text);
    }
}
