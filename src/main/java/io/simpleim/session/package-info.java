/**
 * Sessions: logging in and out, authenticating tokens, ending sessions, and users' login statuses. Owns the collections
 * {@code user} and {@code session}. Start with {@link io.simpleim.session.Authenticator} and {@link
 * io.simpleim.session.LoginService}.
 */
@NullMarked
package io.simpleim.session;

import org.jspecify.annotations.NullMarked;
