/**
 * The filters that every request passes before its servlet or WebSocket endpoint.
 *
 * <p>A filter checks one thing, and refuses a request by throwing {@link io.simpleim.api.RequestRejected}; {@link
 * io.simpleim.http.filter.RequestFilter} writes the response. The order, which {@code bootstrap.Filters} sets up:
 *
 * <ol>
 *   <li>for all requests: security headers, request id and failures, CORS, files, body, availability, method;
 *   <li>for handshakes: rate of the address, origin, token;
 *   <li>for partners' calls: rate of the address, key; for operators: local caller or key;
 *   <li>for calls of partners and users: parameters; for users: token, rate of the user.
 * </ol>
 *
 * Start with {@link io.simpleim.http.filter.RequestFilter}.
 */
@NullMarked
package io.simpleim.http.filter;

import org.jspecify.annotations.NullMarked;
