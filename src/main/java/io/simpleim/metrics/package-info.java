/** What the server counts and measures, for Prometheus to fetch. The only package that knows Micrometer. */
@NullMarked
package io.simpleim.metrics;

import org.jspecify.annotations.NullMarked;
