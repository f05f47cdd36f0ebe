/**
 * What every request passes, in this order: headers for browsers, its id and errors, CORS, its body (read), whether the
 * server is there, method, then for a handshake rate, origin and token, for partners' calls rate and key, and for all others
 * its parameters, token and rate.
 */
@NullMarked
package io.simpleim.http.filter;

import org.jspecify.annotations.NullMarked;
