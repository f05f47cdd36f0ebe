/**
 * The description of an endpoint: its path, methods, callers, parameters and rate.
 *
 * <p>A route is plain data. {@code bootstrap.Routes} holds the table of all routes and {@code bootstrap.Filters} derives
 * the filter mappings from it. Start with {@link io.simpleim.http.route.Route}.
 */
@NullMarked
package io.simpleim.http.route;

import org.jspecify.annotations.NullMarked;
