/** Ids, their rules and the domain records. All are immutable; the package depends on the JDK only. */
@NullMarked
package io.simpleim.model;

import org.jspecify.annotations.NullMarked;
