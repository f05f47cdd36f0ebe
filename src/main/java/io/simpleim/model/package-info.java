/** Ids and domain records. Knows nothing but the JDK. */
@NullMarked
package io.simpleim.model;

import org.jspecify.annotations.NullMarked;
