/** The REST API: a servlet an endpoint, each of which only translates. Filters and servlets get their services here. */
@NullMarked
package io.simpleim.http;

import org.jspecify.annotations.NullMarked;
