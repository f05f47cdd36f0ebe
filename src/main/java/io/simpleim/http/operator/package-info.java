/**
 * The endpoints for operators: health checks and metrics. They answer while the server starts and stops. Start with {@link
 * io.simpleim.http.operator.ReadyServlet}.
 */
@NullMarked
package io.simpleim.http.operator;

import org.jspecify.annotations.NullMarked;
