/** Finds out who is calling: addresses, proxies, origins and presented tokens. */
@NullMarked
package io.simpleim.http.caller;

import org.jspecify.annotations.NullMarked;
