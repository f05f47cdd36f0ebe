/** What the server counts and measures, for Prometheus to scrape. The only package that uses Micrometer. */
@NullMarked
package io.simpleim.metrics;

import org.jspecify.annotations.NullMarked;
