/**
 * Reads request bodies without holding a container thread for a slow client. Start with {@link
 * io.simpleim.http.body.BodyBufferingFilter}.
 */
@NullMarked
package io.simpleim.http.body;

import org.jspecify.annotations.NullMarked;
