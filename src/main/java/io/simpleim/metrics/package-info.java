/**
 * What the server counts and measures, for Prometheus to scrape. Start with {@link io.simpleim.metrics.Metrics}. The only
 * package that uses Micrometer.
 */
@NullMarked
package io.simpleim.metrics;

import org.jspecify.annotations.NullMarked;
