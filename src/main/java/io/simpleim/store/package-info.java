/** Helpers for every store; the stores themselves are in the packages below. */
@NullMarked
package io.simpleim.store;

import org.jspecify.annotations.NullMarked;
