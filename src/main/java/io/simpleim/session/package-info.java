/**
 * Sessions: logging in and out, authenticating tokens, refusing banned users, ending sessions, and users' login
 * statuses. Owns the collections {@code user} and {@code session}.
 *
 * <p>Promise: once a session has ended, every node refuses its token, sends at most a second later, and closes its
 * connections. Start with {@link io.simpleim.session.Authenticator} and {@link io.simpleim.session.LoginService}, then
 * {@link io.simpleim.session.SessionTerminator}.
 */
@NullMarked
package io.simpleim.session;

import org.jspecify.annotations.NullMarked;
