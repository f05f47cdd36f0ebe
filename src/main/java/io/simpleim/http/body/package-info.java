/**
 * Request bodies and parameters.
 *
 * <p>Promises that a slow client holds no container thread, except for a bounded number with chunked bodies, and that
 * buffered bodies never exceed their size limit, their time limit or the shared {@link io.simpleim.http.ByteBudget}.
 * Start with {@link io.simpleim.http.body.BodyBufferingFilter}, then {@link io.simpleim.http.body.ParametersFilter}.
 */
@NullMarked
package io.simpleim.http.body;

import org.jspecify.annotations.NullMarked;
