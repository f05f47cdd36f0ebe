/** The endpoints below {@code /health}. */
@NullMarked
package io.simpleim.http.health;

import org.jspecify.annotations.NullMarked;
