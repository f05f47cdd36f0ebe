/** The endpoints for who runs the server. */
@NullMarked
package io.simpleim.http.operator;

import org.jspecify.annotations.NullMarked;
