/**
 * Sessions: logging in, authenticating tokens, ending sessions, and the user's login status. Owns the collections {@code
 * user} and {@code session}. Start with {@link io.simpleim.session.LoginService}.
 */
@NullMarked
package io.simpleim.session;

import org.jspecify.annotations.NullMarked;
