/** Embedded stores. */
@NullMarked
package io.simpleim.standalone.store;

import org.jspecify.annotations.NullMarked;
