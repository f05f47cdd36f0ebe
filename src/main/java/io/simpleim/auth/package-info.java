/**
 * Authentication of users by tokens ({@link io.simpleim.auth.Tokens}) and of partners by keys ({@link
 * io.simpleim.auth.PartnerGate}). Whether a token's session is still alive is decided elsewhere. The only package that uses
 * java-jwt.
 */
@NullMarked
package io.simpleim.auth;

import org.jspecify.annotations.NullMarked;
