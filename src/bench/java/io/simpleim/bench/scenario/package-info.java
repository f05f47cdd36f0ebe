/** The scenarios. Start with {@link io.simpleim.bench.scenario.ScenarioCatalogue}. */
@NullMarked
package io.simpleim.bench.scenario;

import org.jspecify.annotations.NullMarked;
