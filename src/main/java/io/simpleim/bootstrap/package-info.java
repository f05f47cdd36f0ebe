/** Puts the application together, by hand and in the open: stores, services, routes. */
@NullMarked
package io.simpleim.bootstrap;

import org.jspecify.annotations.NullMarked;
