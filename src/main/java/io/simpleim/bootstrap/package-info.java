/**
 * Wires the application by hand. {@code Services} builds the modules in the order of their dependencies and closes them in
 * reverse; {@code Routes} shows the API at a glance. Start with {@link io.simpleim.bootstrap.Application}.
 *
 * <p>Modules are built, started and closed by the container's threads, one at a time.
 */
@NullMarked
package io.simpleim.bootstrap;

import org.jspecify.annotations.NullMarked;
