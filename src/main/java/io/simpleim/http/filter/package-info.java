/** What every request passes, in this order: request, method, body, token (or partner key, or handshake). */
@NullMarked
package io.simpleim.http.filter;

import org.jspecify.annotations.NullMarked;
