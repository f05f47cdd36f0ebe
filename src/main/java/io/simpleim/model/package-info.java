/**
 * Ids with their rules, the domain records, and what both stores share: their observer and the exception for an unreachable
 * store. All values are immutable, and only the JDK is used. Start with {@link io.simpleim.model.Room} and {@link
 * io.simpleim.model.Message}.
 */
@NullMarked
package io.simpleim.model;

import org.jspecify.annotations.NullMarked;
