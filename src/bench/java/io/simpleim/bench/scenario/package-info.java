/** What is measured, one class for each. */
@NullMarked
package io.simpleim.bench.scenario;

import org.jspecify.annotations.NullMarked;
