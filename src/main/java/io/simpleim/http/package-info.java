/**
 * The HTTP side of the API.
 *
 * <p>Owns the {@linkplain io.simpleim.http.RequestContext context} of a request, its {@linkplain io.simpleim.http.Caller
 * caller}, the envelope of responses and the report of outcomes. A servlet is one endpoint and only translates; filters
 * establish everything that it relies on. No thread waits for a client that sends or reads slowly, and a {@linkplain
 * io.simpleim.http.ByteBudget budget} bounds the memory for such clients. Start with {@code bootstrap.Routes}, which lists
 * all endpoints, then with {@link io.simpleim.http.JsonServlet}.
 */
@NullMarked
package io.simpleim.http;

import org.jspecify.annotations.NullMarked;
